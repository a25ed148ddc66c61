package dev.mystical.scanner.app.system;

import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.EntryResult;
import dev.mystical.scanner.domain.queue.QueueState;
import dev.mystical.scanner.domain.queue.Receipt;
import dev.mystical.scanner.domain.queue.ScanQueue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A queue that gives a permit for each message that is deleted. */
record WatchedDeletes(ScanQueue queue, Semaphore deleted) implements ScanQueue {
  @Override
  public QueueState inspect() throws InterruptedException {
    return queue.inspect();
  }

  @Override
  public List<Delivery> receive(int max) throws InterruptedException {
    return queue.receive(max);
  }

  @Override
  public List<EntryResult> extend(List<Receipt> receipts, Duration visibility)
      throws InterruptedException {
    return queue.extend(receipts, visibility);
  }

  @Override
  public List<EntryResult> delete(List<Receipt> receipts) throws InterruptedException {
    List<EntryResult> results = queue.delete(receipts);
    deleted.release(
        (int) results.stream().filter(result -> result instanceof EntryResult.Done).count());
    return results;
  }
}
