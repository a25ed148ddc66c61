package dev.mystical.scanner.redis.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.collect.Progress;
import dev.mystical.scanner.domain.collect.ProgressBoard;
import dev.mystical.scanner.domain.collect.ProgressBoardContract;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.redis.TestRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisProgressBoardIT extends ProgressBoardContract {
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
  protected ProgressBoard board() {
    return new RedisProgressBoard(redis.connection(), redis.keys());
  }

  @Override
  protected void elapse(Duration time) throws InterruptedException {
    for (String key : redis.connection().ask(it -> it.keys("*"))) {
      long left = redis.number(it -> it.pttl(key)) - time.toMillis();
      redis.connection().ask(it -> it.pexpire(key, left));
    }
  }

  @Test
  void whatCannotBeReadIsLeftOut() throws InterruptedException {
    ScanKey scan = SampleScans.newKey();
    Progress some =
        new Progress(Optional.empty(), Optional.of(1), Optional.empty(), Instant.ofEpochSecond(1));
    board().note(scan, SampleScans.SONAR, some);
    redis
        .connection()
        .ask(it -> it.hset(redis.keys().progress(scan), Map.of("mystical", "{}", "NONE", "{}")));

    assertThat(board().of(scan)).isEqualTo(Map.of(SampleScans.SONAR, some));
  }
}
