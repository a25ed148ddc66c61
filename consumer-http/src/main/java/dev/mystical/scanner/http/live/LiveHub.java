package dev.mystical.scanner.http.live;

import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.live.EntryId;
import dev.mystical.scanner.domain.live.EntryLog;
import dev.mystical.scanner.domain.live.Streamed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a log once, for as many as want to read it. Safe for use by many threads.
 *
 * <p>Each reader has a queue of what came in since it joined, and reads the log itself up to where
 * its queue begins: so it gets every entry once, wherever it wants to begin. A reader that falls
 * behind the queue loses its place here, and not those who wait for it.
 */
public final class LiveHub<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveHub.class);
  private static final Duration LONGEST_START = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final EntryLog<T> log;
  private final String name;
  private final int most;
  private final Set<LiveReader<T>> readers = ConcurrentHashMap.newKeySet();

  /** Guarded by {@code this}. */
  private Optional<Follower> follower = Optional.empty();

  /** Guarded by {@code this}. */
  private boolean closed;

  /**
   * A hub that follows nothing yet.
   *
   * @param most so many readers at once
   */
  public LiveHub(EntryLog<T> log, String name, int most) {
    this.log = log;
    this.name = name;
    this.most = most;
  }

  /** One thread that follows the log, from a place that is known once it has begun. */
  private final class Follower {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("live-" + name).unstarted(this::run);

    private void run() {
      try {
        log.follow(end(), entry -> readers.forEach(reader -> reader.offer(entry)));
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        LOG.error("event=live-failed log={}", name, e);
        lost(this);
      }
    }

    private String end() throws InterruptedException {
      while (true) {
        try {
          String end = log.end();
          begun.countDown();
          return end;
        } catch (LedgerUnavailable away) {
          Thread.sleep(PAUSE);
        }
      }
    }
  }

  /** Whether there is no place for another reader now. */
  public boolean full() {
    return readers.size() >= most;
  }

  /**
   * Joins. Whoever joins has to close what he gets. Throws {@link LedgerUnavailable} where the log
   * cannot be read now, and where there is no place.
   *
   * @param after the entry to go on after; empty to see only what comes
   */
  public LiveReader<T> join(Optional<EntryId> after, Predicate<T> wanted)
      throws InterruptedException {
    LiveReader<T> reader = new LiveReader<>(log, wanted, this::leave);
    Follower running = admitted(reader);
    boolean joined = false;
    try {
      if (!running.begun.await(LONGEST_START.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new LedgerUnavailable("the log cannot be read", new IllegalStateException(name));
      }
      reader.begin(place(after, EntryId.parse(log.end())));
      joined = true;
      return reader;
    } finally {
      if (!joined) {
        reader.close();
      }
    }
  }

  /** A log that was lost and begun anew may end before a place that somebody still knows. */
  private static EntryId place(Optional<EntryId> after, EntryId end) {
    return after.filter(it -> it.compareTo(end) < 0).orElse(end);
  }

  /** The log itself: the oldest entries after one, oldest first. */
  public List<Streamed<T>> after(EntryId id, int count) throws InterruptedException {
    return log.after(id.toString(), count);
  }

  private synchronized Follower admitted(LiveReader<T> reader) {
    if (closed || full()) {
      throw new LedgerUnavailable("too many readers", new IllegalStateException(name));
    }
    readers.add(reader);
    if (follower.isEmpty()) {
      Follower begun = new Follower();
      follower = Optional.of(begun);
      begun.thread.start();
    }
    return follower.get();
  }

  private synchronized void leave(LiveReader<T> reader) {
    readers.remove(reader);
    if (readers.isEmpty()) {
      stop();
    }
  }

  private void stop() {
    follower.ifPresent(running -> running.thread.interrupt());
    follower = Optional.empty();
  }

  /** Whoever reads comes back and finds another follower, and in the log what this one missed. */
  private void lost(Follower failed) {
    synchronized (this) {
      if (follower.filter(failed::equals).isEmpty()) {
        return;
      }
      follower = Optional.empty();
    }
    readers.forEach(LiveReader::cut);
  }

  /** Nobody gets anything any more. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      stop();
    }
    readers.forEach(LiveReader::cut);
  }
}
