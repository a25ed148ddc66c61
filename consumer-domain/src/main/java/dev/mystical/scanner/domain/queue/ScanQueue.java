package dev.mystical.scanner.domain.queue;

import java.time.Duration;
import java.util.List;

/**
 * The queue that scan requests come from. Safe for use by many threads. It never creates a queue.
 *
 * <p>Batch calls take at most {@link #BATCH} receipts, of distinct messages or not, and answer one
 * result for each, in the same order; a call that fails as a whole throws {@link QueueUnavailable}
 * and may or may not have been carried out.
 */
public interface ScanQueue {
  int BATCH = 10;

  /** What the queue says of itself, asked anew. Blocks for two calls at most. */
  QueueState inspect() throws InterruptedException;

  /**
   * Waits for messages up to the long-poll time. Answers at most {@code max}, or none. An
   * interrupted wait may leave messages hidden until their visibility ends; nothing is lost.
   */
  List<Delivery> receive(int max) throws InterruptedException;

  /** Hides messages for so long from now; zero gives them back at once. Idempotent. */
  List<EntryResult> extend(List<Receipt> receipts, Duration visibility) throws InterruptedException;

  /** Deletes messages for good. Idempotent. */
  List<EntryResult> delete(List<Receipt> receipts) throws InterruptedException;
}
