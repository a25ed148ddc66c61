@NullMarked
package dev.mystical.scanner.distribution;

import org.jspecify.annotations.NullMarked;
