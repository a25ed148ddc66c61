package dev.mystical.scanner.app.consume;

import dev.mystical.scanner.app.loop.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * A worker's right to go on: it holds what it works on and nobody has asked the process to stop.
 * Every wait of a worker is one of these, so that it ends when the right does.
 */
public final class Custody {
  /** A lost lease is noticed within this. */
  private static final Duration GLANCE = Duration.ofSeconds(2);

  private final String what;
  private final BooleanSupplier held;
  private final StopSignal stopping;
  private final InstantSource clock;

  /**
   * The right to work on something.
   *
   * @param what names it in the log
   */
  public Custody(String what, BooleanSupplier held, StopSignal stopping, InstantSource clock) {
    this.what = what;
    this.held = held;
    this.stopping = stopping;
    this.clock = clock;
  }

  /** Throws {@link Ended} if the work may not go on. */
  public void check() {
    if (!held.getAsBoolean()) {
      throw new Ended(what + ": its lease is lost");
    }
    if (stopping.asked()) {
      throw new Ended(what + ": the process stops");
    }
  }

  /** Waits so long; throws {@link Ended} as soon as the work may not go on. */
  public void rest(Duration wait) throws InterruptedException {
    Instant end = clock.instant().plus(wait);
    Duration left = wait;
    check();
    while (left.isPositive()) {
      stopping.within(left.compareTo(GLANCE) < 0 ? left : GLANCE);
      check();
      left = Duration.between(clock.instant(), end);
    }
  }

  /** The work ends here and goes on elsewhere, from where the ledger stands. */
  public static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Ended(String message) {
      super(message, null, false, false);
    }
  }
}
