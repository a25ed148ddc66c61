package dev.mystical.scanner.redis.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.feed.ErrorFeed;
import dev.mystical.scanner.domain.feed.ErrorFeedContract;
import dev.mystical.scanner.domain.live.EntryLog;
import dev.mystical.scanner.domain.live.Streamed;
import dev.mystical.scanner.redis.TestRedis;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class RedisErrorFeedIT extends ErrorFeedContract {
  private static TestRedis redis;

  @TempDir Path folder;
  private RedisErrorFeed feed;

  @BeforeAll
  static void start() throws InterruptedException {
    redis = TestRedis.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @BeforeEach
  void open() throws InterruptedException {
    redis.connection().ask(it -> it.flushAll());
    feed =
        RedisErrorFeed.open(
            redis.connection(),
            redis.keys(),
            TestRedis.stamp(SECRET),
            FeedTerms.in(folder),
            InstantSource.system());
  }

  @AfterEach
  void close() {
    feed.close();
    FeedCounts counts = feed.counts();
    assertThat(counts.waiting()).isZero();
    assertThat(counts.streamed()).isEqualTo(counts.published() - counts.suppressed());
  }

  @Override
  protected ErrorFeed feed() {
    return feed;
  }

  @Override
  protected List<ErrorEntry> entries() throws InterruptedException {
    return StreamReader.errors(redis.connection(), redis.keys())
        .after(EntryLog.START, 10_000)
        .stream()
        .map(Streamed::value)
        .toList();
  }
}
