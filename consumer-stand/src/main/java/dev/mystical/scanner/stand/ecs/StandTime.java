package dev.mystical.scanner.stand.ecs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stand's clock and everything that is due on it. It either follows real time, or stands still
 * until {@link #advance} is called, so that a test sees an hour pass without waiting.
 *
 * <p>Safe for all threads: {@code lock} guards every field that changes. What is due runs outside
 * the lock, one at a time: on the thread that advances, or on a thread of its own where time is
 * real.
 */
public final class StandTime implements InstantSource, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(StandTime.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final @Nullable InstantSource source;
  private final ReentrantLock stepping = new ReentrantLock();

  private final PriorityQueue<Due> queue = new PriorityQueue<>();

  private Instant stepped;

  private long lastNumber;

  private @Nullable Thread runner;
  private boolean closed;

  private StandTime(@Nullable InstantSource source, Instant start) {
    this.source = source;
    this.stepped = start;
  }

  /** Time as the machine has it. */
  public static StandTime real() {
    return following(InstantSource.system());
  }

  /** Time as {@code source} has it; waits are still waits of real time. */
  public static StandTime following(InstantSource source) {
    return new StandTime(source, source.instant());
  }

  /** Time that stands still at {@code start} until it is advanced. */
  public static StandTime handStepped(Instant start) {
    return new StandTime(null, start);
  }

  @Override
  public Instant instant() {
    lock.lock();
    try {
      return now();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves hand-stepped time on, and runs all that falls due on the way, each at its own instant.
   *
   * @throws IllegalStateException where time is real
   */
  public void advance(Duration step) {
    if (source != null) {
      throw new IllegalStateException("real time cannot be advanced");
    }
    stepping.lock();
    try {
      Instant target = instant().plus(step);
      for (Due due = nextUntil(target); due != null; due = nextUntil(target)) {
        run(due);
      }
      lock.lock();
      try {
        stepped = target;
      } finally {
        lock.unlock();
      }
    } finally {
      stepping.unlock();
    }
  }

  /**
   * Runs {@code action} once {@code delay} has passed, unless closed. Equal instants keep order.
   */
  void after(Duration delay, Runnable action) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      queue.add(new Due(now().plus(delay), ++lastNumber, action));
      if (source != null && runner == null) {
        runner = Thread.ofVirtual().name("stand-time").start(this::followReal);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what is due and ends the thread that follows real time. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      queue.clear();
      if (runner != null) {
        runner.interrupt();
        runner = null;
      }
    } finally {
      lock.unlock();
    }
  }

  private Instant now() {
    return source == null ? stepped : source.instant();
  }

  private @Nullable Due nextUntil(Instant target) {
    lock.lock();
    try {
      Due next = queue.peek();
      if (next == null || next.at().isAfter(target)) {
        return null;
      }
      queue.poll();
      if (next.at().isAfter(stepped)) {
        stepped = next.at();
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void followReal() {
    try {
      while (true) {
        run(takeDue());
      }
    } catch (InterruptedException stop) {
      log.debug("event=stand-time-ended");
    }
  }

  private Due takeDue() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        Due next = queue.peek();
        if (next == null) {
          changed.await();
          continue;
        }
        long wait = Duration.between(now(), next.at()).toNanos();
        if (wait <= 0) {
          queue.poll();
          return next;
        }
        // Never long: a source that jumps is seen within a second.
        var unused =
            changed.await(Math.min(wait, TimeUnit.SECONDS.toNanos(1)), TimeUnit.NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  private static void run(Due due) {
    try {
      due.action().run();
    } catch (RuntimeException e) {
      log.error("event=stand-action-failed", e);
    }
  }

  private record Due(Instant at, long number, Runnable action) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }
}
