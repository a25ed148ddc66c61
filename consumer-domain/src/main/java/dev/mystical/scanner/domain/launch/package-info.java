@NullMarked
package dev.mystical.scanner.domain.launch;

import org.jspecify.annotations.NullMarked;
