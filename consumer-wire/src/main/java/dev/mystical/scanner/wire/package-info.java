@NullMarked
package dev.mystical.scanner.wire;

import org.jspecify.annotations.NullMarked;
