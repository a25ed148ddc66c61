package dev.mystical.scanner.app.consume;

import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.EntryResult;
import dev.mystical.scanner.domain.queue.QueueState;
import dev.mystical.scanner.domain.queue.Receipt;
import dev.mystical.scanner.domain.queue.ScanQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A queue whose calls are written down, and may be answered by the test. */
final class WatchedQueue implements ScanQueue {
  /** Answers in the queue's place, or asks it. */
  @FunctionalInterface
  interface Batch {
    List<EntryResult> answer(List<Receipt> receipts) throws InterruptedException;
  }

  /** Takes an empty answer's time. */
  @FunctionalInterface
  interface LongPoll {
    void waitForMessages() throws InterruptedException;
  }

  /** A call that was made. */
  record Extension(List<Receipt> receipts, Duration visibility) {}

  private final ScanQueue queue;
  private final List<Integer> receives = new ArrayList<>();
  private final List<Extension> extensions = new ArrayList<>();
  private final List<List<Receipt>> deletes = new ArrayList<>();
  private LongPoll longPoll = () -> {};
  private Batch extending;
  private Batch deleting;
  private int inspections;

  WatchedQueue(ScanQueue queue) {
    this.queue = queue;
    this.deleting = queue::delete;
    this.extending = receipts -> queue.extend(receipts, extensions().getLast().visibility());
  }

  synchronized void onEmpty(LongPoll wait) {
    longPoll = wait;
  }

  synchronized void onExtend(Batch answer) {
    extending = answer;
  }

  synchronized void onDelete(Batch answer) {
    deleting = answer;
  }

  /** The most messages that each receive asked for. */
  synchronized List<Integer> receives() {
    return List.copyOf(receives);
  }

  synchronized List<Extension> extensions() {
    return List.copyOf(extensions);
  }

  synchronized List<List<Receipt>> deletes() {
    return List.copyOf(deletes);
  }

  synchronized int inspections() {
    return inspections;
  }

  synchronized int calls() {
    return inspections + receives.size() + extensions.size() + deletes.size();
  }

  @Override
  public QueueState inspect() throws InterruptedException {
    synchronized (this) {
      inspections++;
    }
    return queue.inspect();
  }

  @Override
  public List<Delivery> receive(int max) throws InterruptedException {
    LongPoll wait;
    synchronized (this) {
      receives.add(max);
      wait = longPoll;
    }
    List<Delivery> deliveries = queue.receive(max);
    if (deliveries.isEmpty()) {
      wait.waitForMessages();
    }
    return deliveries;
  }

  @Override
  public List<EntryResult> extend(List<Receipt> receipts, Duration visibility)
      throws InterruptedException {
    Batch answer;
    synchronized (this) {
      extensions.add(new Extension(receipts, visibility));
      answer = extending;
    }
    return answer.answer(receipts);
  }

  @Override
  public List<EntryResult> delete(List<Receipt> receipts) throws InterruptedException {
    Batch answer;
    synchronized (this) {
      deletes.add(receipts);
      answer = deleting;
    }
    return answer.answer(receipts);
  }
}
