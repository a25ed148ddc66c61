/** What is measured against: the same calls with no safety. */
@NullMarked
package dev.mystical.scanner.benchmarks.bare;

import org.jspecify.annotations.NullMarked;
