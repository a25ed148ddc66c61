/** Who reconciles, and when. */
@NullMarked
package dev.mystical.scanner.redis.reconcile;

import org.jspecify.annotations.NullMarked;
