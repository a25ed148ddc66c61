/** The error feed with its spool on disk, and the readers of the streams. */
@NullMarked
package dev.mystical.scanner.redis.feed;

import org.jspecify.annotations.NullMarked;
