@NullMarked
package dev.mystical.scanner.domain.check;

import org.jspecify.annotations.NullMarked;
