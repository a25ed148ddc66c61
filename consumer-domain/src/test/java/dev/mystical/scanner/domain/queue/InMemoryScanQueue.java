package dev.mystical.scanner.domain.queue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * A queue in memory with SQS's ways: messages are hidden, not taken; only the newest receipt
 * counts; what was received too often goes to the dead letters. Its time is the clock's, so receive
 * never waits. Every field is guarded by {@code this}.
 */
public final class InMemoryScanQueue implements ScanQueue {
  private static final Duration LONGEST = Duration.ofHours(12);

  /** How a call or an entry goes wrong. */
  private enum Fault {
    NOT_DONE,
    DONE_UNANSWERED
  }

  /** A message as it stands in the queue. */
  private static final class Message {
    final MessageId id;
    final String body;
    final Map<String, String> attributes;
    final Instant sentAt;
    Instant visibleAt;
    Instant receivedAt = Instant.MIN;
    int receives;

    Message(MessageId id, String body, Map<String, String> attributes, Instant sentAt) {
      this.id = id;
      this.body = body;
      this.attributes = attributes;
      this.sentAt = sentAt;
      this.visibleAt = sentAt;
    }

    Receipt receipt() {
      return new Receipt(id, id + "#" + receives);
    }
  }

  private final InstantSource clock;
  private final Duration visibility;
  private final Optional<Integer> maxReceives;
  private final Map<MessageId, Message> messages = new LinkedHashMap<>();
  private final List<MessageId> deadLetters = new ArrayList<>();
  private final Queue<Fault> faults = new ArrayDeque<>();
  private int failingEntries;
  private int sent;

  public InMemoryScanQueue(
      InstantSource clock, Duration visibility, Optional<Integer> maxReceives) {
    this.clock = clock;
    this.visibility = visibility;
    this.maxReceives = maxReceives;
  }

  public synchronized MessageId send(String body, Map<String, String> attributes) {
    sent++;
    MessageId id = new MessageId("message-" + sent);
    messages.put(id, new Message(id, body, attributes, clock.instant()));
    return id;
  }

  /** Shows a message that is in somebody's hands once more, as a standard queue may. */
  public synchronized void deliverAgain(MessageId id) {
    Message message = messages.get(id);
    if (message == null) {
      throw new IllegalArgumentException("no message " + id);
    }
    message.visibleAt = clock.instant();
  }

  /** So many next calls throw, and do nothing. */
  public synchronized void failNext(int calls) {
    add(calls, Fault.NOT_DONE);
  }

  /** So many next calls do what they were asked for, and then throw. */
  public synchronized void executeThenFail(int calls) {
    add(calls, Fault.DONE_UNANSWERED);
  }

  /** So many next entries of batches are not done, and answered so. */
  public synchronized void failNextEntries(int entries) {
    failingEntries += entries;
  }

  /** The messages that are neither deleted nor moved to the dead letters. */
  public synchronized List<MessageId> messages() {
    return List.copyOf(messages.keySet());
  }

  /** Those that were received too often. */
  public synchronized List<MessageId> deadLetters() {
    return List.copyOf(deadLetters);
  }

  /** When a message shows next; empty once it is deleted. */
  public synchronized Optional<Instant> visibleAt(MessageId id) {
    return Optional.ofNullable(messages.get(id)).map(message -> message.visibleAt);
  }

  @Override
  public synchronized QueueState inspect() throws InterruptedException {
    boolean unanswered = begin();
    QueueState state =
        new QueueState(visibility, maxReceives.map(ignored -> "dead-letters"), maxReceives);
    return answer(state, unanswered);
  }

  @Override
  public synchronized List<Delivery> receive(int max) throws InterruptedException {
    boolean unanswered = begin();
    Instant now = clock.instant();
    List<Delivery> deliveries = new ArrayList<>();
    for (Message message : List.copyOf(messages.values())) {
      if (deliveries.size() < Math.min(max, BATCH) && !message.visibleAt.isAfter(now)) {
        deliver(message, now).ifPresent(deliveries::add);
      }
    }
    return answer(List.copyOf(deliveries), unanswered);
  }

  @Override
  public synchronized List<EntryResult> extend(List<Receipt> receipts, Duration length)
      throws InterruptedException {
    boolean unanswered = begin();
    return answer(
        requireBatch(receipts).stream().map(receipt -> extended(receipt, length)).toList(),
        unanswered);
  }

  @Override
  public synchronized List<EntryResult> delete(List<Receipt> receipts) throws InterruptedException {
    boolean unanswered = begin();
    return answer(requireBatch(receipts).stream().map(this::deleted).toList(), unanswered);
  }

  private Optional<Delivery> deliver(Message message, Instant now) {
    if (maxReceives.isPresent() && message.receives >= maxReceives.get()) {
      messages.remove(message.id);
      deadLetters.add(message.id);
      return Optional.empty();
    }
    message.receives++;
    message.receivedAt = now;
    message.visibleAt = now.plus(visibility);
    return Optional.of(
        new Delivery(
            message.receipt(), message.body, message.attributes, message.receives, message.sentAt));
  }

  private EntryResult extended(Receipt receipt, Duration length) {
    Message message = messages.get(receipt.message());
    if (entryFails()) {
      return new EntryResult.Failed("refused by the test");
    }
    Instant now = clock.instant();
    if (message == null || !message.receipt().equals(receipt) || !message.visibleAt.isAfter(now)) {
      return new EntryResult.Gone("not in flight under this receipt");
    }
    if (now.plus(length).isAfter(message.receivedAt.plus(LONGEST))) {
      return new EntryResult.Failed("hidden for more than twelve hours");
    }
    message.visibleAt = now.plus(length);
    return new EntryResult.Done();
  }

  private EntryResult deleted(Receipt receipt) {
    Message message = messages.get(receipt.message());
    if (entryFails()) {
      return new EntryResult.Failed("refused by the test");
    }
    if (message == null || !message.receipt().equals(receipt)) {
      return new EntryResult.Gone("deleted, or received again");
    }
    messages.remove(receipt.message());
    return new EntryResult.Done();
  }

  private boolean entryFails() {
    if (failingEntries == 0) {
      return false;
    }
    failingEntries--;
    return true;
  }

  /** Whether the call is to throw once it is done. */
  private boolean begin() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Fault fault = faults.poll();
    if (fault == Fault.NOT_DONE) {
      throw unavailable("connection refused");
    }
    return fault == Fault.DONE_UNANSWERED;
  }

  private static <T> T answer(T result, boolean unanswered) {
    if (unanswered) {
      throw unavailable("connection reset");
    }
    return result;
  }

  private static QueueUnavailable unavailable(String why) {
    return new QueueUnavailable(
        QueueUnavailable.Kind.PASSING, "failed by the test", new IOException(why));
  }

  private static List<Receipt> requireBatch(List<Receipt> receipts) {
    if (receipts.size() > BATCH) {
      throw new IllegalArgumentException(receipts.size() + " entries in one batch");
    }
    return receipts;
  }

  private void add(int calls, Fault fault) {
    for (int i = 0; i < calls; i++) {
      faults.add(fault);
    }
  }
}
