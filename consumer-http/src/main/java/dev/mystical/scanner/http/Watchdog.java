package dev.mystical.scanner.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every deadline ten times a second, from one thread: ten thousand of them cost less than
 * a millisecond, and none a thread or a timer. A platform thread, so that no number of busy virtual
 * ones keeps it from its work.
 */
final class Watchdog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final long PERIOD_MILLIS = 100;

  private final Set<Deadline> deadlines = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);

  void start() {
    Thread.ofPlatform().daemon().name("http-watchdog").start(this::run);
  }

  void watch(Deadline deadline) {
    deadlines.add(deadline);
  }

  void forget(Deadline deadline) {
    deadlines.remove(deadline);
  }

  /** Looks at all of them once. */
  void look() {
    for (Deadline deadline : deadlines) {
      try {
        deadline.look();
      } catch (RuntimeException | Error e) {
        // Without this thread nobody would be late any more.
        LOG.error("event=http.watchdog-failed", e);
      }
    }
  }

  private void run() {
    try {
      while (!closed.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
