/** The pace of launches and their gates, shared by all replicas. */
@NullMarked
package dev.mystical.scanner.redis.pace;

import org.jspecify.annotations.NullMarked;
