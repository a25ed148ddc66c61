package dev.mystical.scanner.app.loop;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A clock that never jumps: it starts at a given instant and runs with the machine's nano time.
 * Leases and waits are measured with it, so that a corrected wall clock cuts none of them short.
 */
public final class MonotonicClock implements InstantSource {
  private final Instant start;
  private final LongSupplier nanos;
  private final long first;

  public MonotonicClock(Instant start, LongSupplier nanos) {
    this.start = start;
    this.nanos = nanos;
    this.first = nanos.getAsLong();
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos.getAsLong() - first);
  }
}
