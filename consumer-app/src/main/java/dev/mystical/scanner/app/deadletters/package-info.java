/** The dead letters: found, gone through, and watched. */
@NullMarked
package dev.mystical.scanner.app.deadletters;

import org.jspecify.annotations.NullMarked;
