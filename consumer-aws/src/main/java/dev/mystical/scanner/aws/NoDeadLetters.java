package dev.mystical.scanner.aws;

import dev.mystical.scanner.domain.queue.DeadLetters;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.scan.ErrorCode;

/** A server without a dead-letter queue. */
record NoDeadLetters() implements DeadLetters {
  @Override
  public boolean known() {
    return false;
  }

  @Override
  public void copy(Delivery delivery, ErrorCode code) {
    // Its error event is the copy.
  }
}
