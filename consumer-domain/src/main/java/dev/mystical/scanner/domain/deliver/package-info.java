/** How a scan's end reaches the one who asked for it: how often, for how long, and what then. */
@NullMarked
package dev.mystical.scanner.domain.deliver;

import org.jspecify.annotations.NullMarked;
