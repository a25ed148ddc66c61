package dev.mystical.scanner.redis.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.ErrorFeed.Published;
import dev.mystical.scanner.domain.feed.ErrorStamp;
import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.live.EntryLog;
import dev.mystical.scanner.domain.live.Streamed;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.simulation.MovableClock;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The feed while Redis goes and comes. */
class FeedOutageIT {
  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private final List<RedisConnection> connections = new ArrayList<>();
  private TestRedis redis;
  private RedisErrorFeed feed;

  @BeforeEach
  void start() throws InterruptedException {
    redis = TestRedis.start();
    feed = open(FeedTerms.in(folder));
  }

  @AfterEach
  void stop() {
    feed.close();
    connections.forEach(RedisConnection::close);
    redis.close();
  }

  @Test
  void errorsOfAnOutageComeAfterwardsInTheirOrderAndBeforeNewerOnes() throws InterruptedException {
    assertThat(feed.publish(error("1"))).isEqualTo(Published.STREAMED);
    redis.server().stop();
    for (int i = 2; i <= 600; i++) {
      assertThat(feed.publish(error(String.valueOf(i)))).isEqualTo(Published.SPOOLED);
    }
    redis.server().restart();
    for (int i = 601; i <= 620; i++) {
      feed.publish(error(String.valueOf(i)));
    }

    List<ErrorEntry> entries = follow(620);

    assertThat(entries).extracting(entry -> entry.event().message()).isEqualTo(numbers(1, 620));
    assertThat(entries.getFirst().replayed()).isFalse();
    assertThat(entries.subList(1, 600)).allMatch(ErrorEntry::replayed);
  }

  @Test
  void afterAReplayErrorsGoStraightToTheStreamAgain() throws InterruptedException {
    redis.server().stop();
    feed.publish(error("1"));
    redis.server().restart();
    follow(1);
    feed.close();
    feed = open(FeedTerms.in(folder));

    assertThat(feed.publish(error("2"))).isEqualTo(Published.STREAMED);
    assertThat(follow(2)).extracting(ErrorEntry::replayed).containsExactly(true, false);
  }

  @Test
  void whatWaitsOnDiskIsForItsOwnerAlone() throws InterruptedException, IOException {
    redis.server().stop();
    feed.publish(error("1"));

    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> !path.equals(folder)).toList()) {
        String expected = Files.isDirectory(file) ? "rwx------" : "rw-------";
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as("%s", file)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void whatADeadProcessLeftIsToldByTheNextOne() throws InterruptedException {
    redis.server().stop();
    feed.publish(error("1"));
    feed.publish(error("2"));
    feed.close();
    assertThat(feed.counts().spooled()).isEqualTo(2);
    redis.server().restart();

    feed = open(FeedTerms.in(folder));
    feed.publish(error("3"));

    assertThat(follow(3))
        .extracting(entry -> entry.event().message())
        .containsExactly("1", "2", "3");
    feed.close();
    assertThat(feed.counts().published()).isEqualTo(3);
    assertThat(feed.counts().spooled()).isZero();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFrozenRedisHoldsUpACallerForSomeSecondsOnly() throws InterruptedException {
    feed.publish(error("1"));
    redis.server().pause();

    long start = System.nanoTime();
    Published first = feed.publish(error("2"));
    Published second = feed.publish(error("3"));
    long took = System.nanoTime() - start;
    redis.server().resume();

    assertThat(List.of(first, second)).containsOnly(Published.SPOOLED);
    assertThat(Duration.ofNanos(took)).isLessThan(Duration.ofSeconds(12));
  }

  @Test
  void aDiskThatTakesNothingCostsErrorsAndSaysSo() throws InterruptedException, IOException {
    feed.close();
    Path file = Files.createFile(folder.resolve("no-folder"));
    feed = open(FeedTerms.in(file));
    redis.server().stop();

    assertThat(feed.publish(error("1"))).isEqualTo(Published.DROPPED);
    assertThat(feed.counts()).isEqualTo(new FeedCounts(1, 0, 0, 0, 0, 1, 0));
  }

  @Test
  void theRestOfAStormIsToldWhenItIsOver() throws InterruptedException {
    for (int i = 0; i < 105; i++) {
      feed.publish(system());
    }
    assertThat(feed.counts().suppressed()).isEqualTo(100);
    clock.advance(Duration.ofSeconds(10));

    List<ErrorEntry> entries = follow(6);

    assertThat(entries).extracting(ErrorEntry::count).containsExactly(1L, 1L, 1L, 1L, 1L, 100L);
  }

  @Test
  void theRestOfAStormIsToldAtTheEnd() throws InterruptedException {
    for (int i = 0; i < 30; i++) {
      feed.publish(system());
    }
    feed.close();

    assertThat(follow(6).stream().mapToLong(ErrorEntry::count).sum()).isEqualTo(30);
  }

  @Test
  void afterItsEndAFeedDropsAndCounts() throws InterruptedException {
    feed.close();

    assertThat(feed.publish(error("late"))).isEqualTo(Published.DROPPED);
    assertThat(feed.counts()).isEqualTo(new FeedCounts(1, 0, 0, 0, 0, 1, 0));
  }

  @Test
  void underRandomOutagesEverythingIsSomewhereAndAddsUp()
      throws InterruptedException, ExecutionException {
    feed.close();
    // A small spool, so that some of it has to go.
    feed =
        open(new FeedTerms(folder, 40_000, 8_000, 64, Duration.ofSeconds(3), Duration.ofMillis(1)));
    Random random = new Random(42);
    int writers = 8;
    int each = 400;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        int first = writer * each;
        all.add(
            threads.submit(() -> {
              for (int i = 0; i < each; i++) {
                assertThat(feed.publish(error(String.valueOf(first + i)))).isNotNull();
                assertThat(feed.publish(system())).isNotNull();
              }
              return null;
            }));
      }
      for (int outage = 0; outage < 4; outage++) {
        waitFor(random.nextInt(50));
        redis.server().stop();
        waitFor(random.nextInt(150));
        redis.server().restart();
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    feed.close();

    FeedCounts counts = feed.counts();
    assertThat(counts.published()).isEqualTo(2L * writers * each);
    assertThat(counts.waiting()).isZero();
    List<ErrorEntry> stream = stream();
    Set<String> ids = new LinkedHashSet<>();
    stream.forEach(entry -> ids.add(entry.id()));
    // No answer to a first try may mean that it was written: then its replay is a second one.
    assertThat((long) ids.size())
        .isBetween(
            counts.streamed() + counts.replayed(),
            counts.streamed() + counts.replayed() + counts.spooled() + counts.dropped());
    assertThat(records()).isEqualTo(counts.spooled());
    if (counts.dropped() == 0 && counts.spooled() == 0) {
      long told =
          stream.stream()
              .filter(entry -> ids.remove(entry.id()))
              .mapToLong(ErrorEntry::count)
              .sum();
      assertThat(told).isEqualTo(counts.published());
    }
  }

  /** Nothing in this process tells that a time is over, so a queue is waited on in vain. */
  private static void waitFor(int millis) throws InterruptedException {
    assertThat(new ArrayBlockingQueue<String>(1).poll(millis, TimeUnit.MILLISECONDS)).isNull();
  }

  private long records() {
    try (Stream<Path> files = Files.walk(folder)) {
      long records = 0;
      for (Path file : files.filter(path -> path.toString().endsWith(".spool")).toList()) {
        records += Segment.records(file).size();
      }
      return records;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<ErrorEntry> stream() throws InterruptedException {
    try (RedisConnection connection = TestRedis.connect(redis.server())) {
      return StreamReader.errors(connection, redis.keys()).after(EntryLog.START, 100_000).stream()
          .map(Streamed::value)
          .toList();
    }
  }

  /** The first so many entries of the stream, as soon as they are there. */
  private List<ErrorEntry> follow(int count) throws InterruptedException {
    BlockingQueue<ErrorEntry> seen = new ArrayBlockingQueue<>(10_000);
    RedisConnection connection = TestRedis.connect(redis.server());
    connections.add(connection);
    StreamReader<ErrorEntry> reader = StreamReader.errors(connection, redis.keys());
    Thread follower =
        Thread.ofVirtual()
            .start(() -> {
              try {
                reader.follow(EntryLog.START, entry -> seen.add(entry.value()));
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            });
    List<ErrorEntry> entries = new ArrayList<>();
    while (entries.size() < count) {
      ErrorEntry next = seen.poll(20, TimeUnit.SECONDS);
      assertThat(next).as("entry after %d of %d", entries.size(), count).isNotNull();
      entries.add(next);
    }
    follower.interrupt();
    follower.join();
    return entries;
  }

  private RedisErrorFeed open(FeedTerms terms) {
    ErrorStamp stamp = new ErrorStamp(UUID.randomUUID().toString(), clock, new Redactor(List.of()));
    RedisConnection connection = TestRedis.connect(redis.server());
    connections.add(connection);
    return RedisErrorFeed.open(connection, redis.keys(), stamp, terms, clock);
  }

  private static List<String> numbers(int first, int last) {
    return Stream.iterate(first, i -> i <= last, i -> i + 1).map(String::valueOf).toList();
  }

  private static ErrorEvent error(String message) {
    Subject subject = Subject.of(new MessageId("message-" + message));
    return ErrorEvent.error(ErrorCode.MESSAGE_INVALID, Stage.DECODE, subject, message);
  }

  private static ErrorEvent system() {
    return ErrorEvent.warn(ErrorCode.SQS_UNAVAILABLE, Stage.RECEIVE, Subject.SYSTEM, "timed out");
  }
}
