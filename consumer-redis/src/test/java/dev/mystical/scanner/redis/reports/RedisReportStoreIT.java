package dev.mystical.scanner.redis.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.collect.ReportKey;
import dev.mystical.scanner.domain.collect.ReportStore;
import dev.mystical.scanner.domain.collect.ReportStoreContract;
import dev.mystical.scanner.domain.collect.ReportsUnavailable;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.redis.RedisAddress;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.TestRedis;
import dev.mystical.scanner.stand.RedisHold;
import dev.mystical.scanner.stand.RedisProxy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisReportStoreIT extends ReportStoreContract {
  private static final int MEGABYTE = 1_000_000;
  private static TestRedis redis;

  private final ReportKey some =
      new ReportKey(SampleScans.newKey(), SampleScans.SONAR, "c".repeat(64));

  @BeforeAll
  static void start() throws InterruptedException {
    redis = TestRedis.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @AfterEach
  void nothingIsLeftOver() throws InterruptedException {
    redis.configure("maxmemory", "0");
    for (String key : keys()) {
      assertThat(redis.number(it -> it.pttl(key))).as("a time to live of " + key).isPositive();
    }
    redis.connection().ask(it -> it.flushAll());
  }

  @Override
  protected ReportStore store() {
    return new RedisReportStore(redis.connection(), redis.keys(), KEPT);
  }

  /** Nobody can move the clock of Redis, so what it compares with is moved back. */
  @Override
  protected void elapse(Duration time) throws InterruptedException {
    for (String key : keys()) {
      long left = redis.number(it -> it.pttl(key)) - time.toMillis();
      redis.connection().ask(it -> it.pexpire(key, left));
    }
  }

  @Test
  void aBrokenUploadIsRemovedAtOnce() throws InterruptedException {
    assertThatThrownBy(() ->
            store()
                .put(
                    some,
                    new Watched(
                        bytes(1, 2 * MEGABYTE),
                        MEGABYTE,
                        () -> {
                          throw new IOException("gone");
                        })))
        .isInstanceOf(IOException.class);

    assertThat(keys()).isEmpty();
  }

  @Test
  void aRepeatWritesNoChunks() throws IOException, InterruptedException {
    put(some, bytes(1, MEGABYTE));

    store()
        .put(
            some,
            new Watched(bytes(1, MEGABYTE), MEGABYTE - 1, () -> assertThat(keys()).hasSize(1)));
  }

  /** What a process leaves that is killed while it writes. */
  @Test
  void anUnfinishedUploadGoesByItself() throws InterruptedException {
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                store()
                    .put(
                        some,
                        new Watched(
                            bytes(1, 2 * MEGABYTE),
                            MEGABYTE,
                            () -> Thread.currentThread().interrupt()));
              } catch (IOException | InterruptedException killed) {
                Thread.currentThread().interrupt();
              }
            });
    writer.join();

    assertThat(keys())
        .singleElement()
        .satisfies(key -> assertThat(redis.number(it -> it.pttl(key))).isBetween(1L, 900_000L));
    assertThat(store().open(some)).isEmpty();
    elapse(Duration.ofMinutes(16));
    assertThat(keys()).isEmpty();
  }

  @Test
  void anUploadThatLostSomeOfItIsNoReport() throws InterruptedException {
    assertThatThrownBy(() ->
            store()
                .put(
                    some,
                    new Watched(
                        bytes(1, 2 * MEGABYTE),
                        MEGABYTE,
                        () -> redis.connection().ask(it -> it.flushAll()))))
        .isInstanceOf(ReportsUnavailable.class)
        .hasMessageContaining("lost data");

    assertThat(store().open(some)).isEmpty();
  }

  @Test
  void aMissingChunkBreaksTheReading() throws IOException, InterruptedException {
    put(some, bytes(1, MEGABYTE));
    redis.connection().ask(it -> it.hdel(redis.keys().report(some), "2"));

    try (InputStream stored = store().open(some).orElseThrow()) {
      assertThat(stored.readNBytes(2 * RedisReportStore.CHUNK)).hasSize(2 * RedisReportStore.CHUNK);
      assertThatThrownBy(stored::read)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("gone from its chunk 2 of 4");
    }
  }

  @Test
  void whatIsNotWholeIsNotKeptAndIsReplaced() throws IOException, InterruptedException {
    put(some, bytes(1, MEGABYTE));
    redis.connection().ask(it -> it.hdel(redis.keys().report(some), "2"));

    assertThat(store().keep(some)).isFalse();
    put(some, bytes(2, MEGABYTE));
    try (InputStream stored = store().open(some).orElseThrow()) {
      assertThat(stored.readAllBytes()).isEqualTo(bytes(2, MEGABYTE));
    }
  }

  /** Another packing has its own chunks, and half of each would be neither. */
  @Test
  void chunksOfAnotherWritingAreNotMixedIn() throws IOException, InterruptedException {
    put(some, bytes(1, MEGABYTE));
    try (InputStream stored = store().open(some).orElseThrow()) {
      stored.readNBytes(RedisReportStore.CHUNK);
      redis.connection().ask(it -> it.flushAll());
      put(some, bytes(2, MEGABYTE));

      assertThatThrownBy(stored::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  /**
   * The slower of two that put the same report at once must not take it out of a reader's hands.
   */
  @Test
  void ofTwoThatPutAReportAtOnceTheFirstStaysAsItIs()
      throws IOException, InterruptedException, ExecutionException {
    byte[] first = bytes(1, MEGABYTE);
    try (RedisProxy proxy = RedisProxy.before(redis.server().uri());
        RedisConnection slowly = connect(proxy);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      RedisHold hold = proxy.hold(RedisHold.Where.BEFORE, RedisReportStoreIT::publishes);
      ReportStore slow = new RedisReportStore(slowly, redis.keys(), KEPT);
      Future<?> late =
          threads.submit(() -> {
            slow.put(some, new ByteArrayInputStream(bytes(2, MEGABYTE)));
            return null;
          });
      hold.awaitReached(RedisConnection.PATIENCE);
      put(some, first);
      try (InputStream stored = store().open(some).orElseThrow()) {
        byte[] begun = stored.readNBytes(RedisReportStore.CHUNK);
        hold.release();
        late.get();

        assertThat(begun).isEqualTo(Arrays.copyOf(first, begun.length));
        assertThat(stored.readAllBytes())
            .isEqualTo(Arrays.copyOfRange(first, begun.length, first.length));
      }
      assertThat(keys()).as("nothing is left of the other").hasSize(1);
    }
  }

  private static boolean publishes(List<String> command) {
    return command.getFirst().startsWith("EVAL") && command.get(2).equals("2");
  }

  private static RedisConnection connect(RedisProxy proxy) {
    return RedisConnection.open(
        RedisAddress.parse(proxy.uri().toString()), 1, InstantSource.system());
  }

  @Test
  void aFullRedisTakesNothing() throws InterruptedException {
    assertThatThrownBy(() ->
            store()
                .put(
                    some,
                    new Watched(
                        bytes(1, 2 * MEGABYTE), MEGABYTE, () -> redis.configure("maxmemory", "1"))))
        .isInstanceOf(ReportsUnavailable.class)
        .hasMessageContaining("OOM");

    assertThat(keys()).isEmpty();
  }

  @Test
  void aReaderThatIsInterruptedFindsTheFlag() throws IOException, InterruptedException {
    put(some, bytes(1, MEGABYTE));
    try (InputStream stored = store().open(some).orElseThrow()) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(stored::read).isInstanceOf(IOException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aClosedReportIsNotRead() throws IOException, InterruptedException {
    put(some, bytes(1, 10));
    InputStream stored = store().open(some).orElseThrow();
    stored.close();

    assertThatThrownBy(stored::read).isInstanceOf(IOException.class);
  }

  @Test
  void aRedisThatIsAwayIsSaidToBe() throws InterruptedException {
    try (TestRedis other = TestRedis.start();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      ReportStore away = new RedisReportStore(other.connection(), other.keys(), KEPT);
      CountDownLatch halfWay = new CountDownLatch(1);
      CountDownLatch killed = new CountDownLatch(1);
      Future<?> writer =
          threads.submit(() -> {
            away.put(
                some,
                new Watched(
                    bytes(1, 2 * MEGABYTE),
                    MEGABYTE,
                    () -> {
                      halfWay.countDown();
                      killed.await();
                    }));
            return null;
          });
      halfWay.await();
      other.server().kill();
      killed.countDown();

      assertThatThrownBy(writer::get).hasCauseInstanceOf(ReportsUnavailable.class);
      assertThatThrownBy(() -> away.open(some)).isInstanceOf(ReportsUnavailable.class);
      assertThatThrownBy(() -> away.keep(some)).isInstanceOf(ReportsUnavailable.class);
    }
  }

  private static Set<String> keys() throws InterruptedException {
    return redis.connection().ask(it -> it.keys("*"));
  }
}
