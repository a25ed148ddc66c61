@NullMarked
package dev.mystical.scanner.domain.feed;

import org.jspecify.annotations.NullMarked;
