package dev.mystical.scanner.stand.ecs;

import java.time.Duration;
import java.time.Instant;

/**
 * A token bucket ("Request throttling for the Amazon ECS API": the token bucket algorithm, a bucket
 * size and a refill rate a second). Immutable: a transition gives the next one.
 */
record Bucket(int size, double perSecond, double tokens, Instant at) {

  static Bucket full(Rate rate, Instant now) {
    return new Bucket(rate.burst(), rate.perSecond(), rate.burst(), now);
  }

  Bucket refilled(Instant now) {
    double seconds = Math.max(0, Duration.between(at, now).toNanos() / 1e9);
    Instant later = now.isBefore(at) ? at : now;
    return new Bucket(size, perSecond, Math.min(size, tokens + seconds * perSecond), later);
  }

  boolean holds(int wanted) {
    // The tolerance pays for the rounding of many small refills.
    return tokens + 1e-9 >= wanted;
  }

  Bucket minus(int taken) {
    return new Bucket(size, perSecond, Math.max(0, tokens - taken), at);
  }
}
