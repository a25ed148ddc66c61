/** Whether a Redis is fit for the ledger. */
@NullMarked
package dev.mystical.scanner.redis.check;

import org.jspecify.annotations.NullMarked;
