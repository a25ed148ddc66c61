package dev.mystical.scanner.redis.ledger;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.ScanUnreadable;
import dev.mystical.scanner.domain.ledger.WebhookId;
import dev.mystical.scanner.domain.live.EntryLog;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.TaskEnd;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.TestRedis;
import dev.mystical.scanner.redis.feed.StreamReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ledger's promises while Redis restarts, loses data, is full, or is killed. */
class LedgerFaultsIT {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  private TestRedis redis;
  private RedisScanLedger ledger;

  @BeforeEach
  void start() throws InterruptedException {
    redis = TestRedis.start();
    ledger = redis.ledger();
  }

  @AfterEach
  void stop() {
    redis.close();
  }

  @Test
  void aRestartKeepsEveryScanAndItsVersion() throws InterruptedException {
    Found.Versioned before = begun(SampleScans.newKey());
    redis.server().restart();

    assertThat(eventually(before.scan().key())).isEqualTo(before);
    assertThat(ledger.commit(Commit.of(before, launched(before.scan()), NOW)))
        .isInstanceOf(CommitResult.Committed.class);
  }

  @Test
  void aWriterFromBeforeALossOfAllDataIsStale() throws InterruptedException {
    Found.Versioned before = begun(SampleScans.newKey());
    redis.server().restartEmpty();
    // The loss costs the connection, and the answer to one call.
    assertThatThrownBy(() -> ledger.load(before.scan().key()))
        .isInstanceOf(LedgerUnavailable.class);
    Commit late = Commit.of(before, launched(before.scan()), NOW);
    assertThat(ledger.commit(late)).isInstanceOf(CommitResult.Stale.class);

    begun(before.scan().key());

    assertThat(ledger.commit(late)).isInstanceOf(CommitResult.Stale.class);
  }

  @Test
  void aWriterThatIsAheadOfARestoredBackupIsStale() throws InterruptedException {
    Found.Versioned first = begun(SampleScans.newKey());
    ScanKey key = first.scan().key();
    byte[] backup = redis.connection().ask(it -> it.dump(redis.keys().scan(key)));
    Found.Versioned ahead = next(first, 1);
    // Redis comes back without the last commit, and then somebody else makes as many.
    redis.connection().ask(it -> it.del(redis.keys().scan(key)));
    redis.connection().ask(it -> it.restore(redis.keys().scan(key), 0, backup));
    Found.Versioned other = next(first, 2);

    assertThat(other.version()).isNotEqualTo(ahead.version());
    assertThat(ledger.commit(Commit.of(ahead, launched(ahead.scan()), NOW)))
        .isInstanceOf(CommitResult.Stale.class);
  }

  @Test
  void versionsGrowEvenWhenTheClockOfRedisGoesBack() throws InterruptedException {
    Found.Versioned first = begun(SampleScans.newKey());
    long ahead = first.version() + Duration.ofDays(1).toNanos() / 1_000;
    String key = redis.keys().scan(first.scan().key());
    String standing = redis.connection().ask(it -> it.get(key));
    redis.connection().ask(it -> it.set(key, ahead + standing.substring(standing.indexOf(' '))));

    CommitResult result =
        ledger.commit(
            Commit.of(new Found.Versioned(first.scan(), ahead), launched(first.scan()), NOW));

    assertThat(((CommitResult.Committed) result).version()).isEqualTo(ahead + 1);
  }

  @Test
  void scriptsThatRedisForgotAreToldAnew() throws InterruptedException {
    Found.Versioned before = begun(SampleScans.newKey());
    redis.connection().ask(it -> it.scriptFlush());

    assertThat(ledger.commit(Commit.of(before, launched(before.scan()), NOW)))
        .isInstanceOf(CommitResult.Committed.class);
  }

  @Test
  void aFullRedisTakesNothingOfACommit() throws InterruptedException {
    Found.Versioned queued = begun(SampleScans.newKey());
    ScanKey key = queued.scan().key();
    ledger.commit(Commit.of(queued, launched(queued.scan()), NOW));
    Found.Versioned before = (Found.Versioned) ledger.load(key).entry();
    List<Object> standing = everything(key);
    memory("1");

    // This commit begins with what a full Redis would allow: it takes a timer away.
    Scan after = SampleScans.failed(over(before.scan()), SONAR, ErrorCode.TASK_LOST, NOW);
    assertThatThrownBy(() -> ledger.commit(Commit.of(before, after, NOW)))
        .isInstanceOf(LedgerUnavailable.class)
        .hasMessageContaining("OOM");
    MessageId message = new MessageId("message-1");
    assertThatThrownBy(() -> ledger.settle(message, Optional.empty(), why(key)))
        .isInstanceOf(LedgerUnavailable.class);

    assertThat(everything(key)).isEqualTo(standing);
    assertThat(ledger.settled(message)).isFalse();
    memory("0");
    assertThat(ledger.commit(Commit.of(before, after, NOW)))
        .isInstanceOf(CommitResult.Committed.class);
  }

  @Test
  void aKeyOfAnotherKindIsFoundBeforeAnythingIsWritten() throws InterruptedException {
    Found.Versioned before = begun(SampleScans.newKey());
    ScanKey key = before.scan().key();
    redis.connection().ask(it -> it.set(redis.keys().due(), "not a set"));

    assertThatThrownBy(() -> ledger.commit(Commit.of(before, launched(before.scan()), NOW)))
        .isInstanceOf(LedgerUnavailable.class)
        .hasMessageContaining("WRONGTYPE");
    assertThat(ledger.load(key).entry()).isEqualTo(before);
  }

  @Test
  void tasksOfAnotherKindAreFoundBeforeAnythingIsWritten() throws InterruptedException {
    Found.Versioned before = begun(SampleScans.newKey());
    redis.connection().ask(it -> it.set(redis.keys().tasks(), "no hash"));

    assertThatThrownBy(() -> ledger.commit(Commit.of(before, launched(before.scan()), NOW)))
        .isInstanceOf(LedgerUnavailable.class)
        .hasMessageContaining("WRONGTYPE");
    assertThat(ledger.load(before.scan().key()).entry()).isEqualTo(before);
  }

  @Test
  void aScanThatCannotBeReadDoesNotFailTheOthers() throws InterruptedException {
    Found.Versioned good = begun(SampleScans.newKey());
    ScanKey newer = begun(SampleScans.newKey()).scan().key();
    ScanKey foreign = SampleScans.newKey();
    ScanKey odd = SampleScans.newKey();
    redis.connection().ask(it -> it.set(redis.keys().scan(newer), "1 {\"v\":99}"));
    redis.connection().ask(it -> it.set(redis.keys().scan(odd), "no version"));
    redis.connection().ask(it -> it.hset(redis.keys().scan(foreign), "no", "text"));

    Map<ScanKey, Found> found = ledger.loadAll(List.of(newer, good.scan().key(), foreign, odd));

    assertThat(found).containsOnlyKeys(good.scan().key());
    assertThat(found.values()).extracting(Found::entry).containsExactly(good);
    for (ScanKey unreadable : List.of(newer, foreign, odd)) {
      assertThatThrownBy(() -> ledger.load(unreadable))
          .isInstanceOf(LedgerUnavailable.class)
          .hasMessageContaining("unreadable");
    }
  }

  @Test
  void aCommitOntoWhatCannotBeReadSaysSoAndWritesNothing() throws InterruptedException {
    for (String standing : List.of("1 {\"v\":99}", "no version")) {
      ScanKey key = SampleScans.newKey();
      redis.connection().ask(it -> it.set(redis.keys().scan(key), standing));
      Scan scan = SampleScans.queued(key, SampleScans.plain(SONAR), NOW);

      assertThatThrownBy(() -> ledger.commit(Commit.of(scan, scan, NOW, NOW)))
          .isInstanceOf(ScanUnreadable.class);
      String left = redis.connection().ask(it -> it.get(redis.keys().scan(key)));
      assertThat(left).isEqualTo(standing);
    }
  }

  @Test
  void aKilledRedisComesBackWithWholeCommits() throws InterruptedException, ExecutionException {
    List<ScanKey> keys = new ArrayList<>();
    CountDownLatch underWay = new CountDownLatch(500);
    for (int i = 0; i < 20_000; i++) {
      keys.add(SampleScans.newKey());
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < 8; writer++) {
        int first = writer;
        writers.add(threads.submit(() -> launchUntilRedisDies(keys, first, underWay)));
      }
      underWay.await();
      redis.server().kill();
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    redis.server().restart();
    eventually(keys.getFirst());

    List<String> timers = redis.connection().ask(it -> it.zrange(redis.keys().due(), 0, -1));
    List<String> told =
        StreamReader.events(redis.connection(), redis.keys())
            .after(EntryLog.START, 100_000)
            .stream()
            .filter(change -> change.value().type().endsWith("run.launched"))
            .map(change -> change.value().scanId())
            .toList();
    Map<String, String> tasks = redis.connection().ask(it -> it.hgetAll(redis.keys().tasks()));
    int known = 0;
    int launched = 0;
    for (ScanKey key : keys) {
      Found.Entry entry = ledger.load(key).entry();
      boolean stands =
          entry instanceof Found.Versioned(Scan scan, long version)
              && scan.run(SONAR).status().launched();
      launched += stands ? 1 : 0;
      known += entry instanceof Found.Versioned ? 1 : 0;
      assertThat(timers.contains(key + ".sonar")).isEqualTo(entry instanceof Found.Versioned);
      assertThat(tasks.containsValue(key + ".sonar")).isEqualTo(stands);
      assertThat(told.contains(key.id().value())).isEqualTo(stands);
    }
    assertThat(launched).isPositive();
    assertThat(timers).hasSize(2 * known);
    assertThat(tasks).hasSize(launched);
  }

  @Test
  void tenThousandCommitsOfTwoReplicasAreAllThere()
      throws InterruptedException, ExecutionException {
    List<ScanKey> keys = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      keys.add(begun(SampleScans.newKey()).scan().key());
    }
    AtomicInteger left = new AtomicInteger(10_000);
    try (RedisConnection other = TestRedis.connect(redis.server());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<RedisScanLedger> replicas = List.of(ledger, redis.ledger(other));
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < 12; writer++) {
        RedisScanLedger replica = replicas.get(writer % 2);
        writers.add(
            threads.submit(() -> {
              for (int turn = left.decrementAndGet(); turn >= 0; turn = left.decrementAndGet()) {
                moveOn(replica, keys.get(turn % keys.size()));
              }
              return null;
            }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }

    int sum = 0;
    for (ScanKey key : keys) {
      sum += placement(((Found.Versioned) ledger.load(key).entry()).scan());
    }
    assertThat(sum).isEqualTo(10_000);
  }

  @Test
  void endedScansGoAfterTheirRetentionAndOthersStay() throws InterruptedException {
    Found.Versioned queued = begun(SampleScans.newKey());
    String key = redis.keys().scan(queued.scan().key());
    assertThat(redis.number(it -> it.pttl(key))).isEqualTo(-1);

    Scan half = SampleScans.failed(queued.scan(), SONAR, ErrorCode.TASK_FAILED, NOW);
    Scan ended = SampleScans.failed(half, MYSTICAL, ErrorCode.TASK_FAILED, NOW);
    ledger.commit(Commit.of(queued, ended, NOW));

    assertThat(redis.number(it -> it.pttl(key)))
        .isPositive()
        .isLessThanOrEqualTo(Duration.ofDays(7).toMillis());
    assertThat(redis.holds(it -> it.exists(redis.keys().marker()))).isTrue();
    String webhook = redis.keys().webhook(WebhookId.of(ended));
    assertThat(redis.number(it -> it.pttl(webhook))).isEqualTo(-1);
    Map<String, String> fields = redis.connection().ask(it -> it.hgetAll(webhook));
    assertThat(fields)
        .containsEntry("url", SampleScans.CALLBACK)
        .containsEntry("status", "PENDING");
  }

  @Test
  void anEndedScanStaysUntilNothingOfItCanRun() throws InterruptedException {
    Found.Versioned queued = begun(SampleScans.newKey());
    ScanKey key = queued.scan().key();
    Scan half = SampleScans.failed(launched(queued.scan()), SONAR, ErrorCode.TASK_FAILED, NOW);
    ledger.commit(
        Commit.of(queued, SampleScans.failed(half, MYSTICAL, ErrorCode.TASK_FAILED, NOW), NOW));
    assertThat(redis.number(it -> it.pttl(redis.keys().scan(key)))).isEqualTo(-1);

    Found.Versioned ended = (Found.Versioned) ledger.load(key).entry();
    ledger.commit(Commit.of(ended, over(ended.scan()), NOW));

    assertThat(redis.number(it -> it.pttl(redis.keys().scan(key)))).isPositive();
  }

  @Test
  void endedScansStayAsLongAsEcsListsTheirTasks() throws InterruptedException {
    RedisScanLedger brief = redis.ledger(redis.connection(), Duration.ofMinutes(1));
    Found.Versioned queued = begun(SampleScans.newKey());
    Scan half = SampleScans.failed(queued.scan(), SONAR, ErrorCode.TASK_FAILED, NOW);
    brief.commit(
        Commit.of(queued, SampleScans.failed(half, MYSTICAL, ErrorCode.TASK_FAILED, NOW), NOW));

    assertThat(redis.number(it -> it.pttl(redis.keys().scan(queued.scan().key()))))
        .isGreaterThan(Duration.ofMinutes(119).toMillis());
  }

  /** Makes one commit more, however often others come first. */
  private static void moveOn(RedisScanLedger ledger, ScanKey key) throws InterruptedException {
    Found found = ledger.load(key);
    while (found.entry() instanceof Found.Versioned before
        && ledger.commit(Commit.of(before, placed(before, placement(before.scan()) + 1), NOW))
            instanceof CommitResult.Stale(Found current)) {
      found = current;
    }
  }

  private Found.Versioned next(Found.Versioned before, int placement) throws InterruptedException {
    ledger.commit(Commit.of(before, placed(before, placement), NOW));
    return (Found.Versioned) ledger.load(before.scan().key()).entry();
  }

  private static Scan placed(Found.Versioned before, int placement) {
    return before.scan().with(SONAR, run -> run.launching(attempt(placement)), NOW);
  }

  private static Attempt attempt(int placement) {
    return Attempt.launching(1, placement, SampleScans.attempt(NOW).spec(), NOW);
  }

  private static int placement(Scan scan) {
    return scan.run(SONAR).lastAttempt().map(attempt -> attempt.placement()).orElse(0);
  }

  private Void launchUntilRedisDies(List<ScanKey> keys, int first, CountDownLatch underWay)
      throws InterruptedException {
    try {
      for (int i = first; i < keys.size(); i += 8) {
        Found.Versioned queued = begun(keys.get(i));
        ledger.commit(Commit.of(queued, launched(queued.scan()), NOW));
        underWay.countDown();
      }
      throw new AssertionError("Redis was not killed in time");
    } catch (LedgerUnavailable killed) {
      return null;
    }
  }

  private Found.Versioned begun(ScanKey key) throws InterruptedException {
    ledger.commit(Commit.of(SampleScans.queued(key, SampleScans.full(), NOW), NOW));
    return (Found.Versioned) ledger.load(key).entry();
  }

  private static Scan over(Scan scan) {
    return scan.noting(SONAR, 1, attempt -> attempt.ended(TaskEnd.unseen(NOW)));
  }

  private static Scan launched(Scan scan) {
    return SampleScans.launched(scan, SONAR, task(scan.key()), NOW);
  }

  private static TaskArn task(ScanKey key) {
    return new TaskArn("arn:aws:ecs:eu-west-1:1:task/scans/" + key.id());
  }

  /** After a restart the first call finds its connection cut. */
  private Found.Entry eventually(ScanKey key) throws InterruptedException {
    try {
      return ledger.load(key).entry();
    } catch (LedgerUnavailable e) {
      return ledger.load(key).entry();
    }
  }

  private List<Object> everything(ScanKey key) throws InterruptedException {
    return List.of(
        redis.connection().ask(it -> it.get(redis.keys().scan(key))),
        redis.connection().ask(it -> it.zrangeWithScores(redis.keys().due(), 0, -1)),
        redis.connection().ask(it -> it.hgetAll(redis.keys().tasks())),
        redis.connection().ask(it -> it.zrangeWithScores(redis.keys().scans(), 0, -1)),
        redis.connection().ask(it -> it.xlen(redis.keys().events())),
        redis.connection().ask(it -> it.xlen(redis.keys().errors())),
        redis.connection().ask(it -> it.zcard(redis.keys().outbox())));
  }

  private void memory(String bytes) throws InterruptedException {
    redis.configure("maxmemory", bytes);
  }

  private static ErrorEvent why(ScanKey key) {
    return ErrorEvent.error(
        ErrorCode.MESSAGE_INVALID, Stage.DECODE, Subject.of(key), "cannot be a request");
  }
}
