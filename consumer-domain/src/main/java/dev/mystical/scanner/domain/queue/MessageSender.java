package dev.mystical.scanner.domain.queue;

import java.util.Map;

/** Sends a message to the scan queue. Safe for use by many threads. */
@FunctionalInterface
public interface MessageSender {
  /**
   * Sends. Blocks for one call of bounded length; throws {@link QueueUnavailable} where it may not
   * have been sent.
   */
  MessageId send(String body, Map<String, String> attributes) throws InterruptedException;
}
