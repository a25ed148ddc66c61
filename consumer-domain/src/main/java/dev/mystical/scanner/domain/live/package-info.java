/** What happens, in the order in which it happened, for those who watch. */
@NullMarked
package dev.mystical.scanner.domain.live;

import org.jspecify.annotations.NullMarked;
