package dev.mystical.scanner.stand.ecs;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** The account's buckets. Guarded by the stand's lock. */
final class ThrottleBuckets {

  private final Map<CallGroup, Bucket> buckets = new EnumMap<>(CallGroup.class);

  ThrottleBuckets(Limits limits, Instant now) {
    limits.rates().forEach((group, rate) -> buckets.put(group, Bucket.full(rate, now)));
  }

  /**
   * Takes from a group's bucket.
   *
   * @throws EcsError ThrottlingException (HTTP 400) where it holds too little
   */
  void take(CallGroup group, int tokens, Instant now) {
    Bucket bucket = buckets.get(group);
    if (bucket == null) {
      return;
    }
    Bucket refilled = bucket.refilled(now);
    boolean enough = refilled.holds(tokens);
    buckets.put(group, enough ? refilled.minus(tokens) : refilled);
    if (!enough) {
      throw EcsError.throttled();
    }
  }
}
