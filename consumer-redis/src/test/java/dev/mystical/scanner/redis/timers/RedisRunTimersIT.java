package dev.mystical.scanner.redis.timers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.supervise.RunTimers;
import dev.mystical.scanner.domain.supervise.RunTimersContract;
import dev.mystical.scanner.redis.TestRedis;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisRunTimersIT extends RunTimersContract {
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
  protected RunTimers timers() {
    return redis.timers();
  }

  @Override
  protected ScanLedger ledger() {
    return redis.ledger();
  }

  /** Nobody can move the clock of Redis, so what it compares with is moved back. */
  @Override
  protected void elapse(Duration time) throws InterruptedException {
    String due = redis.keys().due();
    for (String member : redis.connection().ask(it -> it.zrange(due, 0, -1))) {
      redis.connection().ask(it -> it.zincrby(due, (double) -time.toMillis(), member));
    }
    String seen = redis.keys().eventsSeen();
    long left = redis.number(it -> it.pttl(seen)) - time.toMillis();
    // A time to live that is not positive takes the key away.
    redis.connection().ask(it -> it.pexpire(seen, left));
  }

  @Override
  protected void lose(ScanKey scan) throws InterruptedException {
    redis.connection().ask(it -> it.del(redis.keys().scan(scan)));
  }

  @Test
  void whatIsNoRunIsTakenAwayAndHoldsUpNobody() throws InterruptedException {
    for (String member : new String[] {"", "a", "a/b", "a/b.c.d", "A/b.c", "a/b c.d", "a/b.C"}) {
      redis.connection().ask(it -> it.zadd(redis.keys().due(), 1, member));
    }
    redis.connection().ask(it -> it.zadd(redis.keys().due(), 2, "default/scan.sonar"));

    RunTimers.Claim first = timers().claim(7, Duration.ofMinutes(1));
    RunTimers.Claim second = timers().claim(7, Duration.ofMinutes(1));

    assertThat(first.runs()).isEmpty();
    assertThat(first.next()).isBefore(first.now());
    assertThat(second.runs()).extracting(Object::toString).containsExactly("default/scan.sonar");
    assertThat(timers().size()).isEqualTo(1);
  }
}
