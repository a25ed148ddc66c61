/** How far runs say they are, in Redis. */
@NullMarked
package dev.mystical.scanner.redis.progress;

import org.jspecify.annotations.NullMarked;
