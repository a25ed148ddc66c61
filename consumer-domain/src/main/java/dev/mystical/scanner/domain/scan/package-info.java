@NullMarked
package dev.mystical.scanner.domain.scan;

import org.jspecify.annotations.NullMarked;
