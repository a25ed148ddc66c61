@NullMarked
package dev.mystical.scanner.redis;

import org.jspecify.annotations.NullMarked;
