@NullMarked
package dev.mystical.scanner.domain.intake;

import org.jspecify.annotations.NullMarked;
