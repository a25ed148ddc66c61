/** Moved time and seeded chance, for tests that must be the same on every run. */
@NullMarked
package dev.mystical.scanner.domain.simulation;

import org.jspecify.annotations.NullMarked;
