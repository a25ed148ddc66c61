package dev.mystical.scanner.app.consume;

import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.EntryResult;
import dev.mystical.scanner.domain.queue.QueueState;
import dev.mystical.scanner.domain.queue.Receipt;
import dev.mystical.scanner.domain.queue.ScanQueue;
import java.time.Duration;
import java.util.List;

/** A queue whose receive is what the test says; the rest is another queue's. */
record ReceivingQueue(ScanQueue queue, Receive receiving) implements ScanQueue {
  /** A receive. */
  @FunctionalInterface
  interface Receive {
    List<Delivery> upTo(int max) throws InterruptedException;
  }

  @Override
  public QueueState inspect() throws InterruptedException {
    return queue.inspect();
  }

  @Override
  public List<Delivery> receive(int max) throws InterruptedException {
    return receiving.upTo(max);
  }

  @Override
  public List<EntryResult> extend(List<Receipt> receipts, Duration visibility)
      throws InterruptedException {
    return queue.extend(receipts, visibility);
  }

  @Override
  public List<EntryResult> delete(List<Receipt> receipts) throws InterruptedException {
    return queue.delete(receipts);
  }
}
