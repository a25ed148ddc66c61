package dev.mystical.scanner.app.command;

import dev.mystical.scanner.domain.queue.MessageId;
import java.util.Map;

/** Sends a message to the scan queue. */
@FunctionalInterface
public interface MessageSender {
  /**
   * Sends. Blocks for one call of bounded length; throws {@link
   * dev.mystical.scanner.domain.queue.QueueUnavailable} where it may not have been sent.
   */
  MessageId send(String body, Map<String, String> attributes) throws InterruptedException;
}
