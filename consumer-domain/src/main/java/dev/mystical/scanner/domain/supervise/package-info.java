/** Follows launched tasks to their true end: what is to be looked at, judged, stopped and told. */
@NullMarked
package dev.mystical.scanner.domain.supervise;

import org.jspecify.annotations.NullMarked;
