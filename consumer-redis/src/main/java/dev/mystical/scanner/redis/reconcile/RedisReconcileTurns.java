package dev.mystical.scanner.redis.reconcile;

import dev.mystical.scanner.domain.reconcile.ReconcileTurns;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.RedisKeys;
import dev.mystical.scanner.redis.Script;
import java.time.Duration;
import java.util.List;

/** Turns in Redis, whose time alone decides. Safe for use by many threads; it keeps nothing. */
public final class RedisReconcileTurns implements ReconcileTurns {
  private static final Script ASK = Script.of(RedisReconcileTurns.class, "ask.lua");
  private static final Script KEEP = Script.of(RedisReconcileTurns.class, "keep.lua");
  private static final Script FINISH = Script.of(RedisReconcileTurns.class, "finish.lua");

  private static final Duration EVERY = Duration.ofMinutes(5);

  /** Longer than any call and any wait for a place between two signs of life. */
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final RedisConnection redis;
  private final RedisKeys keys;
  private final String replica;

  /**
   * @param replica names this boot of this process and no other
   */
  public RedisReconcileTurns(RedisConnection redis, RedisKeys keys, String replica) {
    this.redis = redis;
    this.keys = keys;
    this.replica = replica;
  }

  @Override
  public Turn ask() throws InterruptedException {
    String kind = (String) run(ASK, touched(), LEASE);
    return switch (kind) {
      case "rest" -> Turn.REST;
      case "others" -> Turn.OTHERS;
      case "routine" -> Turn.ROUTINE;
      case "reborn" -> Turn.REBORN;
      default -> throw new IllegalStateException("ask.lua says " + kind);
    };
  }

  @Override
  public boolean keep() throws InterruptedException {
    return run(KEEP, List.of(keys.reconciling()), LEASE).equals(1L);
  }

  @Override
  public void giveUp() throws InterruptedException {
    // A time to live that is not positive takes the key away.
    run(KEEP, List.of(keys.reconciling()), Duration.ZERO);
  }

  @Override
  public boolean finished() throws InterruptedException {
    return run(FINISH, touched(), EVERY).equals(1L);
  }

  private List<String> touched() {
    return List.of(keys.reconciled(), keys.reconciling(), keys.reconcileRest(), keys.marker());
  }

  private Object run(Script script, List<String> touched, Duration time)
      throws InterruptedException {
    return redis.run(script, touched, List.of(replica, String.valueOf(time.toMillis()))).getFirst();
  }
}
