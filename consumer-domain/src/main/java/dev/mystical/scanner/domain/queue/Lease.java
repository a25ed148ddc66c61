package dev.mystical.scanner.domain.queue;

import java.time.Instant;

/**
 * A message that this replica holds.
 *
 * @param receivedAt when its newest receipt was received
 * @param until when the queue shows the message to others again, unless renewed
 * @param renewAt when to renew it next
 */
public record Lease(Receipt receipt, Instant receivedAt, Instant until, Instant renewAt) {
  public MessageId id() {
    return receipt.message();
  }
}
