/** What becomes of messages that nobody could work on. */
@NullMarked
package dev.mystical.scanner.domain.deadletter;

import org.jspecify.annotations.NullMarked;
