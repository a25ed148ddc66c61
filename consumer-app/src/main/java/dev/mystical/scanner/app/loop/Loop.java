package dev.mystical.scanner.app.loop;

import dev.mystical.scanner.domain.retry.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named virtual thread that turns until it is stopped. It survives whatever a turn throws, backs
 * off with jitter, and shows when it last turned.
 *
 * <p>Started and stopped by one owner; {@link #wake} and {@link #turning} by anyone.
 */
public final class Loop {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
  private static final Backoff AFTER_FAILURE =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

  /** One turn of a loop. */
  @FunctionalInterface
  public interface Turn {
    /** Does what is due and says how long nothing will be; a wake ends that wait. */
    Duration take() throws InterruptedException;
  }

  private final String name;
  private final Turn turn;
  private final Duration longest;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Semaphore wakes = new Semaphore(0);
  private final AtomicReference<Instant> expected;
  private final AtomicReference<Instant> turned;
  private final Thread thread;
  private volatile boolean asked;

  /**
   * @param longest how long one turn may take, beside the wait that the turn before it asked for
   * @param clock a monotonic one
   */
  public Loop(
      String name, Turn turn, Duration longest, InstantSource clock, RandomGenerator random) {
    this.name = name;
    this.turn = turn;
    this.longest = longest;
    this.clock = clock;
    this.random = random;
    this.expected = new AtomicReference<>(clock.instant().plus(longest));
    this.turned = new AtomicReference<>(clock.instant());
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  public Loop start() {
    expected.set(clock.instant().plus(longest));
    thread.start();
    return this;
  }

  public String name() {
    return name;
  }

  /** Ends the present wait, or the next one. */
  public void wake() {
    if (wakes.availablePermits() == 0) {
      wakes.release();
    }
  }

  /** Whether it has turned when it should have. */
  public boolean turning() {
    return !clock.instant().isAfter(expected.get());
  }

  /** When it last came to the end of a turn, a failed one included. */
  public Instant lastTurn() {
    return turned.get();
  }

  /** Interrupts the loop and waits for its end, at most so long. Answers whether it has ended. */
  public boolean stop(Duration atMost) throws InterruptedException {
    asked = true;
    thread.interrupt();
    return thread.getState() == Thread.State.NEW || thread.join(atMost);
  }

  private void run() {
    int failures = 0;
    while (!asked) {
      try {
        Duration wait = turn.take();
        failures = 0;
        rest(wait);
      } catch (InterruptedException interrupt) {
        // Nobody else may end a loop: a stray interrupt, such as a timer's of a library that came
        // too late, is a failed turn like any other.
        failures = asked ? failures : failed(interrupt, failures);
      } catch (Throwable anything) {
        failures = failed(anything, failures);
      }
    }
    LOG.debug("event=loop-ended loop={}", name);
  }

  private int failed(Throwable anything, int failures) {
    // The first of a row with its trace: the rest would drown everything else.
    if (failures == 0) {
      LOG.warn("event=loop-failed loop={}", name, anything);
    } else {
      LOG.warn(
          "event=loop-failed loop={} failures={} reason=\"{}\"",
          name,
          failures + 1,
          anything.toString());
    }
    try {
      rest(AFTER_FAILURE.delay(failures, random));
    } catch (InterruptedException interrupt) {
      LOG.debug("event=loop-interrupted loop={} stopping={}", name, asked);
    }
    return failures + 1;
  }

  private void rest(Duration wait) throws InterruptedException {
    turned.set(clock.instant());
    expected.set(clock.instant().plus(wait).plus(longest));
    if (wakes.tryAcquire(Math.max(wait.toNanos(), 0), TimeUnit.NANOSECONDS)) {
      wakes.drainPermits();
    }
    expected.set(clock.instant().plus(longest));
  }
}
