/** What this process counts and measures, for whoever watches it. */
@NullMarked
package dev.mystical.scanner.app.metrics;

import org.jspecify.annotations.NullMarked;
