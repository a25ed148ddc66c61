@NullMarked
package dev.mystical.scanner.local;

import org.jspecify.annotations.NullMarked;
