package dev.mystical.scanner.domain.ledger;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.ScanKey;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A ledger in memory that keeps all that commits write, and can be told to fail. Every field is
 * guarded by {@code this}.
 */
public final class InMemoryScanLedger implements ScanLedger {
  /** How a call goes wrong. */
  private enum Fault {
    NOT_DONE,
    DONE_UNANSWERED
  }

  /** Whose timer it is. */
  public record Timer(ScanKey scan, ProviderId run) {}

  private final InstantSource clock;
  private final Map<ScanKey, Found.Entry> entries = new HashMap<>();
  private final Set<MessageId> settled = new HashSet<>();
  private final Map<Timer, Instant> timers = new LinkedHashMap<>();
  private final List<ScanEvent> events = new ArrayList<>();
  private final List<OutboxEntry> outbox = new ArrayList<>();
  private final List<ErrorEvent> errors = new ArrayList<>();
  private final Queue<Fault> faults = new ArrayDeque<>();
  private long versions;

  public InMemoryScanLedger(InstantSource clock) {
    this.clock = clock;
  }

  /** So many next calls throw, and do nothing. */
  public synchronized void failNext(int calls) {
    add(calls, Fault.NOT_DONE);
  }

  /** So many next calls do what they were asked for, and then throw. */
  public synchronized void executeThenFail(int calls) {
    add(calls, Fault.DONE_UNANSWERED);
  }

  /** Forgets the faults that were not met yet. */
  public synchronized void heal() {
    faults.clear();
  }

  @Override
  public Found load(ScanKey key) throws InterruptedException {
    return call(() -> new Found(entry(key), clock.instant()));
  }

  @Override
  public CommitResult commit(Commit commit) throws InterruptedException {
    return call(() -> written(commit));
  }

  @Override
  public boolean settled(MessageId message) throws InterruptedException {
    return call(() -> settled.contains(message));
  }

  @Override
  public void settle(MessageId message, Optional<RefusedScan> scan, ErrorEvent why)
      throws InterruptedException {
    call(() -> {
      boolean first = settled.add(message);
      if (first) {
        errors.add(why);
        scan.ifPresent(it -> entries.putIfAbsent(it.key(), new Found.Refused(it)));
      }
      return first;
    });
  }

  public synchronized List<ScanEvent> events() {
    return List.copyOf(events);
  }

  public synchronized Map<Timer, Instant> timers() {
    return Map.copyOf(timers);
  }

  public synchronized List<OutboxEntry> outbox() {
    return List.copyOf(outbox);
  }

  public synchronized List<ErrorEvent> errors() {
    return List.copyOf(errors);
  }

  /** Forgets everything, as a store without persistence does. */
  public synchronized void lose() {
    entries.clear();
    settled.clear();
    timers.clear();
    events.clear();
    outbox.clear();
    errors.clear();
  }

  private synchronized <T> T call(Supplier<T> work) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Fault fault = faults.poll();
    if (fault == Fault.NOT_DONE) {
      throw new LedgerUnavailable("refused by the test", new IOException("connection refused"));
    }
    T result = work.get();
    if (fault == Fault.DONE_UNANSWERED) {
      throw new LedgerUnavailable("unanswered by the test", new IOException("connection reset"));
    }
    return result;
  }

  private Found.Entry entry(ScanKey key) {
    return entries.getOrDefault(key, new Found.Absent());
  }

  private CommitResult written(Commit commit) {
    ScanKey key = commit.scan().key();
    boolean stands =
        switch (entry(key)) {
          case Found.Absent() -> commit.expectedVersion().isEmpty();
          case Found.Versioned known ->
              commit.expectedVersion().equals(Optional.of(known.version()));
          case Found.Refused ignored -> false;
        };
    if (!stands) {
      return new CommitResult.Stale();
    }
    versions++;
    entries.put(key, new Found.Versioned(commit.scan(), versions));
    commit
        .timers()
        .forEach((run, due) ->
            due.ifPresentOrElse(
                at -> timers.put(new Timer(key, run), at),
                () -> timers.remove(new Timer(key, run))));
    events.addAll(commit.events());
    outbox.addAll(commit.outbox());
    errors.addAll(commit.errors());
    return new CommitResult.Committed(versions, clock.instant());
  }

  private void add(int calls, Fault fault) {
    for (int i = 0; i < calls; i++) {
      faults.add(fault);
    }
  }
}
