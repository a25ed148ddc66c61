package dev.mystical.scanner.domain.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is moved. Safe for use by many threads. */
public final class MovableClock implements InstantSource {
  /** Where every clock starts: whole seconds, so that no store's precision shows. */
  public static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);

  public MovableClock() {}

  @Override
  public Instant instant() {
    return now.get();
  }

  public void advance(Duration step) {
    if (step.isNegative()) {
      throw new IllegalArgumentException("a clock cannot go back by " + step);
    }
    now.updateAndGet(instant -> instant.plus(step));
  }

  /** Moves on to that moment; a moment that is past moves nothing. */
  public void advanceTo(Instant moment) {
    now.updateAndGet(instant -> moment.isAfter(instant) ? moment : instant);
  }
}
