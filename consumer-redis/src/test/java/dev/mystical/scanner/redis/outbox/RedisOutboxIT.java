package dev.mystical.scanner.redis.outbox;

import dev.mystical.scanner.domain.deliver.Outbox;
import dev.mystical.scanner.domain.deliver.OutboxContract;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.redis.TestRedis;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class RedisOutboxIT extends OutboxContract {
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
    loseAll();
  }

  @Override
  protected Outbox outbox() {
    return redis.outbox();
  }

  @Override
  protected ScanLedger ledger() {
    return redis.ledger();
  }

  /** Nobody can move the clock of Redis, so what it compares with is moved back. */
  @Override
  protected void elapse(Duration time) throws InterruptedException {
    redis.age(redis.keys().outbox(), time);
  }

  @Override
  protected void lose(ScanKey scan) throws InterruptedException {
    redis.connection().ask(it -> it.del(redis.keys().scan(scan)));
  }

  @Override
  protected void loseAll() throws InterruptedException {
    redis.connection().ask(it -> it.flushAll());
  }
}
