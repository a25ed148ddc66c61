@NullMarked
package dev.mystical.scanner.domain.queue;

import org.jspecify.annotations.NullMarked;
