package dev.mystical.scanner.domain.deliver;

/** Sends webhooks. Safe for use by many threads. */
public interface WebhookSender {
  /**
   * Sends it once: one request, no redirect followed, never to an address that is not public unless
   * the operator allowed it. Blocks for at most 15 seconds, look-up and all. Every answer, and the
   * lack of one, is an outcome; nothing but an interrupt is thrown, after which it may have been
   * sent.
   */
  DeliveryOutcome send(Webhook webhook) throws InterruptedException;
}
