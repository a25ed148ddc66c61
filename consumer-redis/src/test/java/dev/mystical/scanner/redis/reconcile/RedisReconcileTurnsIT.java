package dev.mystical.scanner.redis.reconcile;

import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.reconcile.ReconcileTurns;
import dev.mystical.scanner.domain.reconcile.ReconcileTurnsContract;
import dev.mystical.scanner.redis.TestRedis;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisReconcileTurnsIT extends ReconcileTurnsContract {
  private static TestRedis redis;

  @BeforeAll
  static void start() throws InterruptedException {
    redis = TestRedis.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @Override
  protected ReconcileTurns replica(String name) {
    return redis.turns(name);
  }

  @Override
  protected ScanLedger ledger() {
    return redis.ledger();
  }

  /** Nobody can move the clock of Redis, so what would run out then does so earlier. */
  @Override
  protected void elapse(Duration time) throws InterruptedException {
    for (String key : List.of(redis.keys().reconciling(), redis.keys().reconcileRest())) {
      long left = redis.number(it -> it.pttl(key));
      if (left > 0) {
        // A time to live that is not positive takes the key away.
        redis.connection().ask(it -> it.pexpire(key, left - time.toMillis()));
      }
    }
  }

  @Override
  protected void lose() throws InterruptedException {
    redis.connection().ask(it -> it.flushAll());
  }
}
