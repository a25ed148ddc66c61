package dev.mystical.scanner.redis.timers;

import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.RunRef;
import dev.mystical.scanner.domain.supervise.RunTimers;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.TestRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The timers between several replicas, and many of them. */
class SharedTimersIT {
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final int CLAIMED = 5_000;
  private static final int MANY = 50_000;

  private TestRedis redis;
  private RedisConnection other;

  @BeforeEach
  void start() throws InterruptedException {
    redis = TestRedis.start();
    other = TestRedis.connect(redis.server());
  }

  @AfterEach
  void stop() {
    other.close();
    redis.close();
  }

  @Test
  void twoReplicasShareTheRunsOutAmongThem() throws InterruptedException, ExecutionException {
    due(CLAIMED);
    List<RunRef> claimed = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<RunRef>>> replicas = new ArrayList<>();
      for (RunTimers timers : List.of(redis.timers(), redis.timers(other))) {
        replicas.add(threads.submit(() -> allOf(timers)));
      }
      for (Future<List<RunRef>> replica : replicas) {
        claimed.addAll(replica.get());
      }
    }

    assertThat(claimed).hasSize(CLAIMED).doesNotHaveDuplicates();
  }

  @Test
  void aReplicaThatDiesLeavesItsRunsToTheOther() throws InterruptedException {
    due(10);
    try (RedisConnection dying = TestRedis.connect(redis.server())) {
      assertThat(redis.timers(dying).claim(6, LEASE).runs()).hasSize(6);
    }
    RunTimers survivor = redis.timers(other);
    assertThat(survivor.claim(100, LEASE).runs()).hasSize(4);
    assertThat(survivor.claim(100, LEASE).runs()).isEmpty();

    pass(LEASE.plusSeconds(1));

    assertThat(survivor.claim(100, LEASE).runs()).hasSize(10);
  }

  /** Forgetting a run whose scan begins at that moment would leave the scan without a timer. */
  @Test
  void aScanThatBeginsWhileItIsForgottenKeepsItsTimer()
      throws InterruptedException, ExecutionException {
    RunTimers timers = redis.timers();
    ScanLedger ledger = redis.ledger(other);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 500; i++) {
        ScanKey key = SampleScans.newKey();
        RunRef run = new RunRef(key, SONAR);
        redis.connection().ask(it -> it.zadd(redis.keys().due(), 1, redis.keys().timer(run)));
        CyclicBarrier start = new CyclicBarrier(2);
        Future<?> forgetting =
            threads.submit(() -> {
              start.await();
              timers.forget(List.of(run));
              return null;
            });
        Future<CommitResult> beginning =
            threads.submit(() -> {
              start.await();
              return ledger.commit(begins(key));
            });
        forgetting.get();
        assertThat(beginning.get()).isInstanceOf(CommitResult.Committed.class);
        List<String> timersLeft =
            redis.connection().ask(it -> it.zrange(redis.keys().due(), 0, -1));
        assertThat(timersLeft).contains(run.toString());
      }
    }
  }

  @Test
  void theTimersOfARefusedScanAreForgotten() throws InterruptedException {
    RunRef run = new RunRef(SampleScans.newKey(), SONAR);
    redis.connection().ask(it -> it.zadd(redis.keys().due(), 1, run.toString()));
    redis.connection().ask(it -> it.set(redis.keys().scan(run.scan()), "1!{}"));

    redis.timers().forget(List.of(run));

    assertThat(redis.timers().size()).isZero();
  }

  @Test
  void aTaskWhoseRunHasNoTimerIsForgottenWithItsEvent() throws InterruptedException {
    redis.connection().ask(it -> it.hset(redis.keys().tasks(), "arn:old", "default/gone.sonar"));

    assertThat(redis.timers().hurry(List.of(new TaskArn("arn:old")))).isZero();
    assertThat(redis.holds(it -> it.exists(redis.keys().tasks()))).isFalse();
  }

  @Test
  void aRunIsNeverDueBeforeItsMoment() throws InterruptedException {
    RunRef run = due(1).iterator().next();
    RunTimers.Claim claim = redis.timers().claim(1, LEASE);
    Instant moment = claim.now().plusSeconds(5).plusNanos(1_000);

    redis.timers().putOff(claim, Map.of(run, moment));

    assertThat(redis.timers().claim(1, LEASE).next())
        .isAfterOrEqualTo(moment)
        .isBefore(moment.plusMillis(2));
  }

  @Test
  void aFullRedisRefusesToClaimAndLosesNothing() throws InterruptedException {
    due(10);
    redis.configure("maxmemory", "1");

    assertThatThrownBy(() -> redis.timers().claim(100, LEASE))
        .isInstanceOf(LedgerUnavailable.class)
        .hasMessageContaining("OOM");

    redis.configure("maxmemory", "0");
    assertThat(redis.timers().claim(100, LEASE).runs()).hasSize(10);
  }

  @Test
  void manyRunsAreClaimedAndPutOffWithinAFewMegabytes() throws InterruptedException {
    Set<RunRef> all = due(MANY);
    long before = redis.number(it -> it.memoryUsage(redis.keys().due(), 0));
    Set<RunRef> claimed = new HashSet<>();
    for (int round = 0; round < MANY / 100; round++) {
      RunTimers.Claim claim = redis.timers().claim(100, LEASE);
      assertThat(claim.runs()).hasSize(100);
      claimed.addAll(claim.runs());
      Map<RunRef, Instant> times = new HashMap<>();
      claim.runs().forEach(run -> times.put(run, claim.now().plus(LEASE)));
      redis.timers().putOff(claim, times);
    }

    assertThat(claimed).isEqualTo(all);
    assertThat(redis.timers().claim(100, LEASE).runs()).isEmpty();
    assertThat(redis.timers().size()).isEqualTo(MANY);
    assertThat(redis.number(it -> it.memoryUsage(redis.keys().due(), 0)))
        .as("bytes of %,d timers", MANY)
        .isLessThan(before + before / 10)
        .isLessThan(MANY * 250L);
  }

  private static List<RunRef> allOf(RunTimers timers) throws InterruptedException {
    List<RunRef> all = new ArrayList<>();
    for (int claims = 0; claims <= CLAIMED / 100; claims++) {
      all.addAll(timers.claim(100, LEASE).runs());
    }
    return all;
  }

  /** So many runs that are due, with no scans. */
  private Set<RunRef> due(int count) throws InterruptedException {
    Map<String, Double> members = new HashMap<>();
    Set<RunRef> runs = new HashSet<>();
    for (int i = 0; i < count; i++) {
      RunRef run = new RunRef(SampleScans.newKey(), SONAR);
      runs.add(run);
      members.put(redis.keys().timer(run), 1_000.0 + i);
    }
    redis.connection().ask(it -> it.zadd(redis.keys().due(), members));
    return runs;
  }

  private void pass(Duration time) throws InterruptedException {
    for (String member : redis.connection().ask(it -> it.zrange(redis.keys().due(), 0, -1))) {
      redis
          .connection()
          .ask(it -> it.zincrby(redis.keys().due(), (double) -time.toMillis(), member));
    }
  }

  private static Commit begins(ScanKey key) {
    Instant now = Instant.parse("2026-01-02T03:04:05Z");
    return Commit.of(SampleScans.queued(key, SampleScans.plain(SONAR), now), now);
  }
}
