package dev.mystical.scanner.benchmarks.stub;

import java.time.InstantSource;

/** AWS's token bucket before Fargate's RunTask: so many at once, and as many more a second. */
final class LaunchBucket {
  private static final double SIZE = 20;
  private static final double A_SECOND = 20;

  private final InstantSource clock;
  // Guarded by this.
  private double tokens = SIZE;
  private long filled;

  LaunchBucket(InstantSource clock) {
    this.clock = clock;
    this.filled = clock.millis();
  }

  synchronized boolean take() {
    long now = clock.millis();
    tokens = Math.min(SIZE, tokens + (now - filled) * A_SECOND / 1_000);
    filled = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
