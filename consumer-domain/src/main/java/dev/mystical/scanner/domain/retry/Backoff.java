package dev.mystical.scanner.domain.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with jitter: the n-th delay lies between half and all of {@code first · 2ⁿ},
 * and never exceeds the ceiling. Half is kept so that a retry never follows at once.
 */
public record Backoff(Duration first, Duration ceiling) {
  public Backoff {
    if (first.toMillis() < 1 || ceiling.compareTo(first) < 0) {
      throw new IllegalArgumentException("backoff from " + first + " to " + ceiling);
    }
  }

  /** The delay after so many tries, counted from 0. */
  public Duration delay(int tries, RandomGenerator random) {
    long capped = ceilingOf(tries).toMillis();
    return Duration.ofMillis(capped - (long) (random.nextDouble() * (capped / 2.0)));
  }

  /** The longest delay after so many tries, for where no jitter is needed. */
  public Duration ceilingOf(int tries) {
    long full = first.toMillis() << Math.min(Math.max(tries, 0), 20);
    return Duration.ofMillis(Math.min(full, ceiling.toMillis()));
  }
}
