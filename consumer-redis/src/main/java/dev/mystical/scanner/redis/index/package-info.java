/** The index of scans, in Redis. */
@NullMarked
package dev.mystical.scanner.redis.index;

import org.jspecify.annotations.NullMarked;
