package dev.mystical.scanner.domain.ledger;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.RunRef;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
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

  private final InstantSource clock;
  private final Map<ScanKey, Found.Entry> entries = new HashMap<>();
  private final Set<MessageId> settled = new HashSet<>();
  private final WatchedRuns watched = new WatchedRuns();
  private final KeptWebhooks webhooks = new KeptWebhooks();
  private final List<ScanEvent> events = new ArrayList<>();
  private final List<OutboxEntry> outbox = new ArrayList<>();
  private final List<ErrorEvent> errors = new ArrayList<>();
  private final Queue<Fault> faults = new ArrayDeque<>();
  private Optional<Instant> birth = Optional.empty();
  private boolean whole = true;
  private long versions;

  /** A ledger that has lost nothing. */
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
    return call(() -> found(key));
  }

  @Override
  public Map<ScanKey, Found> loadAll(Collection<ScanKey> keys) throws InterruptedException {
    return call(() -> {
      Map<ScanKey, Found> found = new LinkedHashMap<>();
      keys.forEach(key -> found.put(key, found(key)));
      return found;
    });
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
        beBorn();
        errors.add(why);
        scan.ifPresent(it -> entries.putIfAbsent(it.key(), new Found.Refused(it)));
      }
      return first;
    });
  }

  @Override
  public boolean reopen(ScanKey key) throws InterruptedException {
    return call(() -> {
      boolean refused = entry(key) instanceof Found.Refused;
      if (refused) {
        entries.remove(key);
      }
      return refused;
    });
  }

  public synchronized List<ScanEvent> events() {
    return List.copyOf(events);
  }

  public synchronized Map<RunRef, Instant> timers() {
    return watched.timers();
  }

  public synchronized Map<TaskArn, RunRef> tasks() {
    return watched.tasks();
  }

  /** Does something with the watched runs, as one step among all others. */
  public synchronized <T> T watching(Function<WatchedRuns, T> work) {
    return work.apply(watched);
  }

  /** Does something with the webhooks, as one step among all others. */
  public synchronized <T> T delivering(Function<KeptWebhooks, T> work) {
    return work.apply(webhooks);
  }

  /** Whether runs of that scan can be there. */
  public synchronized boolean has(ScanKey key) {
    return entry(key) instanceof Found.Versioned;
  }

  /** The webhooks of all commits, whatever became of them. */
  public synchronized List<OutboxEntry> outbox() {
    return List.copyOf(outbox);
  }

  public synchronized List<ErrorEvent> errors() {
    return List.copyOf(errors);
  }

  /** All that stands there, in the order of the index. */
  public synchronized NavigableMap<ScanPlace, Found.Entry> places() {
    NavigableMap<ScanPlace, Found.Entry> places = new TreeMap<>();
    for (Found.Entry entry : entries.values()) {
      switch (entry) {
        case Found.Absent() -> {}
        case Found.Versioned(var scan, long version) -> places.put(ScanPlace.of(scan), entry);
        case Found.Refused(var scan) -> places.put(ScanPlace.of(scan), entry);
      }
    }
    return places;
  }

  /** Notes that all that was launched before the ledger's birth is rebuilt. */
  public synchronized void reconciled() {
    beBorn();
    whole = true;
  }

  /** Forgets one scan, and nothing else. */
  public synchronized void lose(ScanKey key) {
    entries.remove(key);
  }

  /** Forgets everything, as a store without persistence does. */
  public synchronized void lose() {
    entries.clear();
    settled.clear();
    watched.clear();
    webhooks.clear();
    events.clear();
    outbox.clear();
    errors.clear();
    birth = Optional.empty();
    whole = false;
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

  private Found found(ScanKey key) {
    Instant now = clock.instant();
    return new Found(entry(key), now, whole ? Instant.EPOCH : birth.orElse(now));
  }

  /** Begins its life, if it has not begun. */
  public synchronized void beBorn() {
    birth = birth.or(() -> Optional.of(clock.instant()));
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
    Found found = found(key);
    if (!stands || commit.asked().filter(found.doubtfulBefore()::isAfter).isPresent()) {
      return new CommitResult.Stale(found);
    }
    versions++;
    entries.put(key, new Found.Versioned(commit.scan(), versions));
    watched.apply(commit);
    webhooks.apply(commit, clock.instant());
    beBorn();
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
