package dev.mystical.scanner.domain.live;

import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A log in memory that keeps its newest entries, wakes its followers, and can be told to fail. All
 * fields that change are guarded by {@code lock}; followers read outside of it.
 */
public final class InMemoryEntryLog<T> implements EntryLog<T> {
  private static final int PAGE = 256;

  private final InstantSource clock;
  private final int length;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final NavigableMap<EntryId, T> entries = new TreeMap<>();
  private EntryId last = EntryId.parse(START);
  private int failing;
  private int followers;

  public InMemoryEntryLog(InstantSource clock, int length) {
    this.clock = clock;
    this.length = length;
  }

  /** So many next calls throw; those who follow notice nothing. */
  public void failNext(int calls) {
    locked(() -> failing += calls);
  }

  /** Writes an entry at the end, and answers its id. */
  public String append(T value) {
    return locked(() -> {
      long now = Math.max(0, clock.instant().toEpochMilli());
      last =
          now > last.millis()
              ? new EntryId(now, 0)
              : new EntryId(last.millis(), last.counter() + 1);
      entries.put(last, value);
      if (entries.size() > length) {
        entries.pollFirstEntry();
      }
      grown.signalAll();
      return last.toString();
    });
  }

  /** How many threads follow at this moment. */
  public int followers() {
    return locked(() -> followers);
  }

  @Override
  public List<Streamed<T>> newest(int count) throws InterruptedException {
    return call(() -> first(entries.descendingMap(), count));
  }

  @Override
  public List<Streamed<T>> before(String id, int count) throws InterruptedException {
    EntryId place = EntryId.parse(id);
    return call(() -> first(entries.headMap(place, false).descendingMap(), count));
  }

  @Override
  public List<Streamed<T>> after(String id, int count) throws InterruptedException {
    EntryId place = EntryId.parse(id);
    return call(() -> first(entries.tailMap(place, false), count));
  }

  @Override
  public List<Streamed<T>> since(Instant time, int count) throws InterruptedException {
    EntryId place = new EntryId(Math.max(0, time.toEpochMilli()), 0);
    return call(() -> first(entries.tailMap(place, true), count));
  }

  @Override
  public String end() throws InterruptedException {
    return call(() -> entries.isEmpty() ? START : entries.lastKey().toString());
  }

  @Override
  public void follow(String after, Consumer<Streamed<T>> reader) throws InterruptedException {
    EntryId position = EntryId.parse(after);
    locked(() -> followers++);
    try {
      while (true) {
        for (Streamed<T> entry : next(position)) {
          reader.accept(entry);
          position = EntryId.parse(entry.id());
        }
      }
    } finally {
      locked(() -> followers--);
    }
  }

  private List<Streamed<T>> next(EntryId position) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (entries.higherKey(position) == null) {
        grown.await();
      }
      return first(entries.tailMap(position, false), PAGE);
    } finally {
      lock.unlock();
    }
  }

  private static <T> List<Streamed<T>> first(NavigableMap<EntryId, T> from, int count) {
    List<Streamed<T>> page = new ArrayList<>();
    for (Map.Entry<EntryId, T> entry : from.entrySet()) {
      if (page.size() == count) {
        break;
      }
      page.add(new Streamed<>(entry.getKey().toString(), entry.getValue()));
    }
    return page;
  }

  private <R> R call(Supplier<R> work) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return locked(() -> {
      if (failing > 0) {
        failing--;
        throw new LedgerUnavailable("refused by the test", new IOException("connection refused"));
      }
      return work.get();
    });
  }

  private <R> R locked(Supplier<R> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
