package dev.mystical.scanner.redis.outbox;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.deliver.CallbackState;
import dev.mystical.scanner.domain.deliver.CallbackState.Status;
import dev.mystical.scanner.domain.deliver.Outbox;
import dev.mystical.scanner.domain.deliver.Outgoing;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.OutboxEntry;
import dev.mystical.scanner.domain.ledger.ScanEvent;
import dev.mystical.scanner.domain.ledger.WebhookId;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.TestRedis;
import dev.mystical.scanner.redis.ledger.RedisScanLedger;
import dev.mystical.scanner.wire.CloudEvents;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to webhooks when Redis is not at its best. */
class OutboxFaultsIT {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final long WEEK = Duration.ofDays(7).toMillis();

  private TestRedis redis;
  private Outbox outbox;

  @BeforeEach
  void start() throws InterruptedException {
    redis = TestRedis.start("--appendonly", "yes", "--appendfsync", "always");
    outbox = redis.outbox();
  }

  @AfterEach
  void stop() {
    redis.close();
  }

  private static Scan ended(ScanKey key) {
    Scan queued = SampleScans.queued(key, SampleScans.full(), NOW);
    Scan half = SampleScans.failed(queued, SONAR, ErrorCode.TASK_FAILED, NOW);
    return SampleScans.failed(half, MYSTICAL, ErrorCode.TASK_FAILED, NOW);
  }

  private Scan end() throws InterruptedException {
    Scan scan = ended(SampleScans.newKey());
    assertThat(redis.ledger().commit(Commit.of(scan, NOW)))
        .isInstanceOf(CommitResult.Committed.class);
    return scan;
  }

  private Outgoing claimed() throws InterruptedException {
    return outbox.claim(10, LEASE).webhooks().getFirst();
  }

  private long life(String id) throws InterruptedException {
    return redis.number(it -> it.pttl(redis.keys().webhook(id)));
  }

  private Map<String, String> fields(String id) throws InterruptedException {
    return redis.connection().ask(it -> it.hgetAll(redis.keys().webhook(id)));
  }

  @Test
  void theBytesAreThoseOfTheEventThatTellsTheEnd() throws InterruptedException {
    Scan scan = end();

    assertThat(claimed().body())
        .isEqualTo(
            CloudEvents.json(
                new ScanEvent(ScanEvent.Type.SCAN_ENDED, scan, Optional.empty(), NOW)));
  }

  @Test
  void aWebhookStaysUntilItHasEndedAndThenAsLongAsItsScan() throws InterruptedException {
    Scan scan = end();
    Outgoing first = claimed();
    outbox.again(first, NOW);
    Outgoing second = claimed();
    assertThat(life(second.id())).isEqualTo(-1);

    outbox.end(second, Status.FAILED);
    assertThat(life(second.id())).isBetween(WEEK - 60_000, WEEK);

    outbox.redeliver(new OutboxEntry(second.id(), second.url(), event(scan)));
    assertThat(life(second.id())).isEqualTo(-1);
    outbox.end(claimed(), Status.DELIVERED);
    assertThat(life(second.id())).isBetween(WEEK - 60_000, WEEK);
    assertThat(redis.number(it -> it.zcard(redis.keys().outbox()))).isZero();
  }

  private static ScanEvent event(Scan scan) {
    return new ScanEvent(ScanEvent.Type.SCAN_ENDED, scan, Optional.empty(), NOW.plusSeconds(1));
  }

  @Test
  void whatCannotBeSentIsTakenAwayOrLeftAndHoldsUpNobody() throws InterruptedException {
    String lost = redis.keys().outbox();
    redis.connection().ask(it -> it.zadd(lost, 1, "msg_lost"));
    redis.connection().ask(it -> it.zadd(lost, 2, "msg_foreign"));
    redis.connection().ask(it -> it.set(redis.keys().webhook("msg_foreign"), "no hash"));
    redis.connection().ask(it -> it.zadd(lost, 3, "msg_newer"));
    Map<String, String> newer =
        Map.of("url", "u", "body", "b", "tenant", "NOT ONE", "scan", "s", "tries", "0");
    redis.connection().ask(it -> it.hset(redis.keys().webhook("msg_newer"), newer));
    Scan good = end();

    Outbox.Claim claim = outbox.claim(10, LEASE);

    assertThat(claim.webhooks()).extracting(Outgoing::id).containsExactly(WebhookId.of(good));
    List<String> left = redis.connection().ask(it -> it.zrange(lost, 0, -1));
    assertThat(left).containsExactlyInAnyOrder("msg_newer", WebhookId.of(good));
  }

  @Test
  void aFullRedisWritesNoHalfOfAnything() throws InterruptedException {
    Scan scan = end();
    Outgoing webhook = claimed();
    Map<String, String> standing = fields(webhook.id());
    redis.configure("maxmemory", "1");

    assertThatThrownBy(() -> outbox.end(webhook, Status.DELIVERED))
        .isInstanceOf(LedgerUnavailable.class)
        .hasMessageContaining("OOM");
    assertThatThrownBy(() -> outbox.again(webhook, NOW)).isInstanceOf(LedgerUnavailable.class);
    assertThatThrownBy(
            () -> outbox.redeliver(new OutboxEntry(webhook.id(), webhook.url(), event(scan))))
        .isInstanceOf(LedgerUnavailable.class);

    assertThat(fields(webhook.id())).isEqualTo(standing);
    redis.configure("maxmemory", "0");
    assertThat(outbox.end(webhook, Status.DELIVERED)).isTrue();
  }

  @Test
  void aWebhookOfAnotherKindIsFoundBeforeAnythingIsWritten() throws InterruptedException {
    Scan scan = ended(SampleScans.newKey());
    redis.connection().ask(it -> it.set(redis.keys().webhook(WebhookId.of(scan)), "no hash"));

    assertThatThrownBy(() -> redis.ledger().commit(Commit.of(scan, NOW)))
        .isInstanceOf(LedgerUnavailable.class)
        .hasMessageContaining("WRONGTYPE");

    assertThat(redis.ledger().load(scan.key()).entry()).isEqualTo(new Found.Absent());
  }

  @Test
  void aRestartKeepsWhatIsToLeave() throws InterruptedException {
    Scan scan = end();
    String body = claimed().body();
    redis.server().restart();
    // The restart costs the connection, and the answer to one call.
    assertThatThrownBy(() -> outbox.state(WebhookId.of(scan)))
        .isInstanceOf(LedgerUnavailable.class);

    redis.age(redis.keys().outbox(), LEASE.plusSeconds(1));

    assertThat(claimed().body()).isEqualTo(body);
  }

  /** Row 28 of the crash table: an end without its webhook, or a webhook without its end. */
  @Test
  void aKilledRedisHasEveryEndWithItsWebhook() throws InterruptedException, ExecutionException {
    List<ScanKey> keys = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      keys.add(SampleScans.newKey());
    }
    CountDownLatch underWay = new CountDownLatch(500);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < 8; writer++) {
        int first = writer;
        writers.add(threads.submit(() -> endUntilRedisDies(keys, first, underWay)));
      }
      underWay.await();
      redis.server().kill();
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    redis.server().restart();

    try (RedisConnection anew = TestRedis.connect(redis.server())) {
      RedisScanLedger ledger = redis.ledger(anew);
      List<String> waiting = anew.ask(it -> it.zrange(redis.keys().outbox(), 0, -1));
      int ended = 0;
      for (ScanKey key : keys) {
        boolean stands = ledger.load(key).entry() instanceof Found.Versioned;
        String id = WebhookId.of(ended(key));
        ended += stands ? 1 : 0;
        assertThat(waiting.contains(id)).isEqualTo(stands);
        assertThat(redis.outbox(anew).state(id))
            .isEqualTo(
                stands ? Optional.of(new CallbackState(Status.PENDING, 0)) : Optional.empty());
      }
      assertThat(ended).isGreaterThanOrEqualTo(500).isLessThan(keys.size());
      assertThat(waiting).hasSize(ended);
    }
  }

  private boolean endUntilRedisDies(List<ScanKey> keys, int first, CountDownLatch underWay)
      throws InterruptedException {
    try {
      for (int i = first; i < keys.size(); i += 8) {
        redis.ledger().commit(Commit.of(ended(keys.get(i)), NOW));
        underWay.countDown();
      }
      return false;
    } catch (LedgerUnavailable dead) {
      return true;
    }
  }
}
