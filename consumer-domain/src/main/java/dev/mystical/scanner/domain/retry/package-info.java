@NullMarked
package dev.mystical.scanner.domain.retry;

import org.jspecify.annotations.NullMarked;
