package dev.mystical.scanner.domain.queue;

import java.time.Instant;
import java.util.Map;

/**
 * A message as it was received once.
 *
 * @param attributes the sender's own, text ones alone
 * @param receiveCount how often the queue has delivered it, this time included
 * @param sentAt when it was sent, by the queue's clock
 */
public record Delivery(
    Receipt receipt,
    String body,
    Map<String, String> attributes,
    int receiveCount,
    Instant sentAt) {
  public Delivery {
    attributes = Map.copyOf(attributes);
  }

  public MessageId id() {
    return receipt.message();
  }

  /** Bodies are never written to a log. */
  @Override
  public String toString() {
    return "delivery %d of %s".formatted(receiveCount, id());
  }
}
