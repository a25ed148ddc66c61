/** Reports, kept in Redis in chunks. */
@NullMarked
package dev.mystical.scanner.redis.reports;

import org.jspecify.annotations.NullMarked;
