package dev.mystical.scanner.redis.pace;

import dev.mystical.scanner.domain.launch.LaunchPace;
import dev.mystical.scanner.domain.launch.LaunchPaceContract;
import dev.mystical.scanner.redis.TestRedis;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class RedisLaunchPaceIT extends LaunchPaceContract {
  private static TestRedis redis;

  @BeforeAll
  static void start() throws InterruptedException {
    redis = TestRedis.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @AfterEach
  void forget() throws InterruptedException {
    redis.connection().ask(it -> it.flushAll());
  }

  @Override
  protected LaunchPace pace(int rate, int burst) {
    return redis.pace(redis.connection(), PaceTerms.of(rate, burst));
  }

  /** Nobody can move the clock of Redis, so what it compares with is moved back. */
  @Override
  protected void elapse(Duration time) throws InterruptedException {
    long micros = time.toNanos() / 1_000;
    for (String gate : redis.connection().ask(it -> it.keys(redis.keys().prefix() + ":gate:*"))) {
      redis.connection().ask(it -> it.hincrBy(gate, "probe", -micros));
    }
  }
}
