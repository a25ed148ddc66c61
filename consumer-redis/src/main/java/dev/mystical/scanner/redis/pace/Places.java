package dev.mystical.scanner.redis.pace;

import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A row of places in a pace, each for one call; {@code admit.lua} says how it works. */
record Places(RedisConnection redis, String key, PaceTerms terms) {
  private static final Script ADMIT = Script.of(Places.class, "admit.lua");

  /** Asks for a place, unless one of these gates is closed; answers what the script gives. */
  List<?> ask(List<String> gates) throws InterruptedException {
    List<String> touched = new ArrayList<>();
    touched.add(key);
    touched.addAll(gates);
    return redis.run(
        ADMIT,
        touched,
        List.of(
            terms.interval(),
            String.valueOf(terms.burst()),
            String.valueOf(micros(terms.depth()))));
  }

  static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
