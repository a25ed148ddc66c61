package dev.mystical.scanner.redis.pace;

import dev.mystical.scanner.domain.launch.Admission;
import dev.mystical.scanner.domain.supervise.CallPace;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.RedisKeys;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The pace of the supervisors' calls in Redis. Safe for use by many threads; it keeps nothing
 * itself.
 */
public final class RedisCallPace implements CallPace {
  /**
   * ECS, request throttling: an account may read tasks of a cluster 20 times a second for long. A
   * quarter of it is ours.
   */
  private static final PaceTerms READS = PaceTerms.of(5, 5);

  private final Places reads;
  private final Places launches;

  /** With the terms of the launches, among which stops have their places. */
  public RedisCallPace(RedisConnection redis, RedisKeys keys, PaceTerms launches) {
    this.reads = new Places(redis, keys.reads(), READS);
    this.launches = new Places(redis, keys.pace(), launches);
  }

  @Override
  public Admission read() throws InterruptedException {
    return place(reads);
  }

  /** Passes by the gates: what keeps tasks from starting keeps none from stopping. */
  @Override
  public Admission stop() throws InterruptedException {
    return place(launches);
  }

  private static Admission place(Places places) throws InterruptedException {
    List<?> answer = places.ask(List.of());
    Duration in = Duration.of((Long) answer.get(1), ChronoUnit.MICROS);
    String kind = (String) answer.getFirst();
    return switch (kind) {
      case "go" -> new Admission.Go(in);
      case "full" -> new Admission.Later(in);
      default -> throw new IllegalStateException("admit.lua says " + kind);
    };
  }
}
