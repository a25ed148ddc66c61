package dev.mystical.scanner.app.consume;

import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.Receipt;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.util.Map;

/** Deliveries for tests that need no queue. */
final class Messages {
  private Messages() {}

  static Delivery delivery(String id, int count) {
    return new Delivery(receipt(id, count), "body", Map.of(), count, MovableClock.START);
  }

  static Receipt receipt(String id, int count) {
    return new Receipt(new MessageId(id), id + "#" + count);
  }
}
