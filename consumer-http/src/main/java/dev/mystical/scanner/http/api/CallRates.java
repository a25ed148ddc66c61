package dev.mystical.scanner.http.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * How often each name may call: so many times at once, and so many times a second for long. In this
 * process alone, so that it needs nothing else; of the names it keeps the latest ones. Every field
 * is guarded by {@code this}.
 */
final class CallRates {
  /** A name that is forgotten has its whole burst again, which it would have got by waiting. */
  private static final int MOST_NAMES = 10_000;

  private final double perSecond;
  private final double burst;
  private final InstantSource clock;
  private final LinkedHashMap<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  private record Bucket(double calls, Instant at) {}

  CallRates(double perSecond, int burst, InstantSource clock) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.clock = clock;
  }

  /** Counts a call; where it is one too many, answers how long to wait. */
  synchronized Optional<Duration> excess(String name) {
    Instant now = clock.instant();
    double left = left(name, now);
    boolean excess = left < 1;
    // Counted from now in either case: a clock that is set back must not keep anybody out till
    // then.
    keep(name, new Bucket(excess ? left : left - 1, now));
    return excess
        ? Optional.of(Duration.ofMillis((long) Math.ceil((1 - left) / perSecond * 1000)))
        : Optional.empty();
  }

  private double left(String name, Instant now) {
    Bucket bucket = buckets.get(name);
    if (bucket == null) {
      return burst;
    }
    // In the finest unit there is: whoever calls without pause must still get his share.
    double since = Math.max(0, Duration.between(bucket.at(), now).toNanos()) / 1e9;
    return Math.min(burst, bucket.calls() + since * perSecond);
  }

  private void keep(String name, Bucket bucket) {
    buckets.put(name, bucket);
    if (buckets.size() > MOST_NAMES) {
      buckets.pollFirstEntry();
    }
  }
}
