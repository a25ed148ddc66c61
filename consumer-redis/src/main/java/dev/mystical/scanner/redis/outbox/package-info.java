/** The webhooks that are to leave. */
@NullMarked
package dev.mystical.scanner.redis.outbox;

import org.jspecify.annotations.NullMarked;
