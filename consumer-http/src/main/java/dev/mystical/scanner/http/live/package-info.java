/** Logs, told to many readers as they grow. */
@NullMarked
package dev.mystical.scanner.http.live;

import org.jspecify.annotations.NullMarked;
