/** What the containers of runs call: start, progress, report, complete. */
@NullMarked
package dev.mystical.scanner.http.runs;

import org.jspecify.annotations.NullMarked;
