/** The HTTP listener: whether this process lives, is ready, and how it does. */
@NullMarked
package dev.mystical.scanner.http;

import org.jspecify.annotations.NullMarked;
