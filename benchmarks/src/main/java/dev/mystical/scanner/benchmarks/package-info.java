/** Programs that measure what the documents say. */
@NullMarked
package dev.mystical.scanner.benchmarks;

import org.jspecify.annotations.NullMarked;
