package dev.mystical.scanner.domain.queue;

import dev.mystical.scanner.domain.scan.ErrorCode;

/** Where messages go that cannot be requests. Safe for use by many threads. */
public interface DeadLetters {
  /** On a copy: the attribute with the id of the message that it is a copy of. */
  String SOURCE = "sourceMessageId";

  /** On a copy: the attribute that says why it is there. */
  String CODE = "code";

  /** Whether there is such a place; the copies of a server without one are its error events. */
  boolean known();

  /**
   * Copies a message there, with its id and the code as attributes, and with its own signature and
   * trace, without which it could not be sent again as what it was. Blocks for one call. At least
   * once: a repeat makes a second copy. Throws {@link QueueUnavailable}.
   */
  void copy(Delivery delivery, ErrorCode code) throws InterruptedException;
}
