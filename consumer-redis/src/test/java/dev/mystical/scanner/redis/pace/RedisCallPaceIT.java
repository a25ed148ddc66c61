package dev.mystical.scanner.redis.pace;

import dev.mystical.scanner.domain.supervise.CallPaceContract;
import dev.mystical.scanner.redis.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class RedisCallPaceIT extends CallPaceContract {
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
  protected Paces paces(int rate, int burst) {
    PaceTerms terms = PaceTerms.of(rate, burst);
    return new Paces(redis.pace(redis.connection(), terms), redis.calls(redis.connection(), terms));
  }
}
