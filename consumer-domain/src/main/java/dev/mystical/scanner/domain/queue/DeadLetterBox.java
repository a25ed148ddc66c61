package dev.mystical.scanner.domain.queue;

import java.util.List;

/**
 * The dead letters that lie in a queue of their own: copies of poison that {@link DeadLetters}
 * made, and messages that the queue moved there by itself because they were received too often.
 * Safe for use by many threads, and by many processes at the same time.
 *
 * <p>Batch calls take at most {@link #BATCH} receipts and answer one result for each, in the same
 * order. Every method blocks for one call of bounded length and throws {@link QueueUnavailable}
 * when there is no answer; it may or may not have been carried out then.
 */
public interface DeadLetterBox {
  int BATCH = 10;

  /** About how many there are, those that somebody is looking at included. */
  int count() throws InterruptedException;

  /**
   * At most {@link #BATCH} of those that nobody is looking at, or none if there are none. They are
   * hidden from all others for about half a minute. A message that was moved here has no {@link
   * DeadLetters#CODE}, whatever its sender gave it.
   */
  List<Delivery> receive() throws InterruptedException;

  /** Deletes messages for good. Idempotent. */
  List<EntryResult> delete(List<Receipt> receipts) throws InterruptedException;

  /** Shows messages to others again, at once. Idempotent. */
  List<EntryResult> giveBack(List<Receipt> receipts) throws InterruptedException;
}
