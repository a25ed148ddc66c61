/** Programs under test as processes of their own, what is measured of them, and the table. */
@NullMarked
package dev.mystical.scanner.benchmarks.trial;

import org.jspecify.annotations.NullMarked;
