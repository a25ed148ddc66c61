/** When which run is to be looked at. */
@NullMarked
package dev.mystical.scanner.redis.timers;

import org.jspecify.annotations.NullMarked;
