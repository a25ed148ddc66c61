package dev.mystical.scanner.http.live;

import dev.mystical.scanner.domain.live.EntryId;
import dev.mystical.scanner.domain.live.EntryLog;
import dev.mystical.scanner.domain.live.Streamed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One who reads a log as it grows. The hub's thread offers entries, the reader's own takes them,
 * and is sent away rather than waited for when it does not.
 */
public final class LiveReader<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveReader.class);
  static final int LONGEST_QUEUE = 256;
  private static final int PAGE = 256;

  private final EntryLog<T> log;
  private final Predicate<T> wanted;
  private final Consumer<LiveReader<T>> leaving;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();

  /** Entries that came in and were not taken; guarded by {@link #lock}. */
  private final Deque<Streamed<T>> queue = new ArrayDeque<>();

  /** Whether entries came in that the queue had no place for; guarded by {@link #lock}. */
  private boolean missed;

  /** Written under {@link #lock}. */
  private volatile boolean cut;

  /** Whether it still reads the log itself; guarded by {@link #lock}. */
  private boolean catchingUp = true;

  /** What it read of the log and has not handed out; of the reader's own thread. */
  private final Deque<Streamed<T>> page = new ArrayDeque<>();

  /** The last entry that it has seen; of the reader's own thread. */
  private EntryId position = new EntryId(0, 0);

  LiveReader(EntryLog<T> log, Predicate<T> wanted, Consumer<LiveReader<T>> leaving) {
    this.log = log;
    this.wanted = wanted;
    this.leaving = leaving;
  }

  /** Once the log is followed, so that nothing falls between what is read and what is offered. */
  void begin(EntryId after) {
    position = after;
  }

  /** Never throws: it is one of many who are offered the entry. */
  void offer(Streamed<T> entry) {
    try {
      if (cut || !wanted.test(entry.value())) {
        return;
      }
    } catch (RuntimeException e) {
      LOG.error("event=live-filter-failed", e);
      cut();
      return;
    }
    lock.lock();
    try {
      if (queue.size() < LONGEST_QUEUE) {
        queue.add(entry);
      } else if (catchingUp) {
        // It reads the log anyway, and will find these there.
        queue.clear();
        missed = true;
      } else {
        cut = true;
      }
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  void cut() {
    lock.lock();
    try {
      cut = true;
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  /** What there is to read. */
  public sealed interface Next<T> {
    /** An entry. */
    record Entry<T>(Streamed<T> entry) implements Next<T> {}

    /** Nothing came within the time. */
    record Nothing<T>() implements Next<T> {}

    /** Nothing will come any more: it was too slow, or the hub has closed. */
    record End<T>() implements Next<T> {}
  }

  /**
   * The next entry that is wanted, in the order of the log. Throws {@link
   * dev.mystical.scanner.domain.ledger.LedgerUnavailable} where the log is to be read and cannot
   * be.
   */
  public Next<T> next(Duration wait) throws InterruptedException {
    while (isCatchingUp()) {
      Streamed<T> read = page.poll();
      if (read == null) {
        readOn();
      } else {
        position = EntryId.parse(read.id());
        if (wanted.test(read.value())) {
          return new Next.Entry<>(read);
        }
      }
    }
    return taken(wait);
  }

  private boolean isCatchingUp() {
    lock.lock();
    try {
      return catchingUp && !cut;
    } finally {
      lock.unlock();
    }
  }

  private void readOn() throws InterruptedException {
    List<Streamed<T>> some = log.after(position.toString(), PAGE);
    page.addAll(some);
    if (!some.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      catchingUp = missed;
      missed = false;
    } finally {
      lock.unlock();
    }
  }

  private Next<T> taken(Duration wait) throws InterruptedException {
    long left = wait.toNanos();
    lock.lockInterruptibly();
    try {
      while (true) {
        if (cut) {
          return new Next.End<>();
        }
        Optional<Streamed<T>> first = Optional.ofNullable(queue.poll());
        if (first.isPresent()) {
          EntryId id = EntryId.parse(first.get().id());
          if (id.compareTo(position) > 0) {
            position = id;
            return new Next.Entry<>(first.get());
          }
        } else if (left <= 0) {
          return new Next.Nothing<>();
        } else {
          left = news.awaitNanos(left);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    leaving.accept(this);
  }
}
