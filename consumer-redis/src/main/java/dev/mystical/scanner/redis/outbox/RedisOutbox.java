package dev.mystical.scanner.redis.outbox;

import dev.mystical.scanner.domain.deliver.CallbackState;
import dev.mystical.scanner.domain.deliver.Outbox;
import dev.mystical.scanner.domain.deliver.Outgoing;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.OutboxEntry;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.RedisKeys;
import dev.mystical.scanner.redis.RedisTime;
import dev.mystical.scanner.redis.Script;
import dev.mystical.scanner.wire.CloudEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outbox in Redis: a sorted set of what is due and a hash for each webhook, which {@code
 * commit.lua} writes and the scripts beside this class move on. Safe for use by many threads; it
 * keeps nothing itself.
 */
public final class RedisOutbox implements Outbox {
  private static final Script CLAIM = Script.of(RedisOutbox.class, "claim.lua");
  private static final Script LATER = Script.of(RedisOutbox.class, "later.lua");
  private static final Script END = Script.of(RedisOutbox.class, "end.lua");
  private static final Script REDELIVER = Script.of(RedisOutbox.class, "redeliver.lua");
  private static final Logger LOG = LoggerFactory.getLogger(RedisOutbox.class);

  /** Words of answers before the webhooks. */
  private static final int HEAD = 4;

  private final RedisConnection redis;
  private final RedisKeys keys;
  private final Duration retention;

  /**
   * An outbox.
   *
   * @param retention how long a webhook that has ended is kept; as long as its scan is
   */
  public RedisOutbox(RedisConnection redis, RedisKeys keys, Duration retention) {
    if (!retention.isPositive()) {
      throw new IllegalArgumentException("retention " + retention);
    }
    this.redis = redis;
    this.keys = keys;
    this.retention = retention;
  }

  @Override
  public Claim claim(int most, Duration lease) throws InterruptedException {
    if (most < 1 || !lease.isPositive()) {
      throw new IllegalArgumentException("most %d, lease %s".formatted(most, lease));
    }
    List<?> answer =
        redis.run(
            CLAIM,
            List.of(keys.outbox(), keys.webhooks()),
            List.of(String.valueOf(most), String.valueOf(lease.toNanos() / 1_000)));
    Instant until = RedisTime.ofMicros((String) answer.get(1));
    List<?> gone = (List<?>) answer.get(3);
    if (!gone.isEmpty()) {
      LOG.error("event=webhooks-lost webhooks={}", gone);
    }
    List<Outgoing> webhooks = new ArrayList<>();
    for (Object webhook : answer.subList(HEAD, answer.size())) {
      outgoing((List<?>) webhook, until).ifPresent(webhooks::add);
    }
    return new Claim(
        webhooks, RedisTime.ofMicros((String) answer.getFirst()), (Long) answer.get(2));
  }

  private static Optional<Outgoing> outgoing(List<?> words, Instant until) {
    String first = (String) words.get(6);
    try {
      return Optional.of(
          new Outgoing(
              (String) words.get(0),
              (String) words.get(1),
              (String) words.get(2),
              new ScanKey(new Tenant((String) words.get(3)), new ScanId((String) words.get(4))),
              Integer.parseInt((String) words.get(5)),
              first.isEmpty() ? Optional.empty() : Optional.of(RedisTime.ofMicros(first)),
              until));
    } catch (IllegalArgumentException e) {
      // A newer version may know what it is. It comes again after the lease, and stops no other.
      LOG.error(
          "event=webhook-unreadable webhookId={} reason=\"{}\"", words.get(0), e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public void again(Outgoing claimed, Instant at) throws InterruptedException {
    later(claimed, at, String.valueOf(claimed.tries() + 1));
  }

  @Override
  public void putBack(Outgoing claimed, Instant at) throws InterruptedException {
    later(claimed, at, "");
  }

  private void later(Outgoing claimed, Instant at, String tries) throws InterruptedException {
    redis.run(
        LATER,
        keysOf(claimed.id()),
        List.of(claimed.id(), RedisTime.exact(claimed.until()), RedisTime.due(at), tries));
  }

  @Override
  public boolean end(Outgoing claimed, CallbackState.Status end) throws InterruptedException {
    if (end == CallbackState.Status.PENDING) {
      throw new IllegalArgumentException(end + " is no end");
    }
    List<?> answer =
        redis.run(
            END,
            keysOf(claimed.id()),
            List.of(
                claimed.id(),
                RedisTime.exact(claimed.until()),
                end.name(),
                String.valueOf(claimed.tries() + 1),
                String.valueOf(retention.toMillis())));
    return answer.getFirst().equals(1L);
  }

  @Override
  public void redeliver(OutboxEntry entry) throws InterruptedException {
    ScanKey scan = entry.event().scan().key();
    redis.run(
        REDELIVER,
        keysOf(entry.id()),
        List.of(
            entry.id(),
            entry.url(),
            CloudEvents.json(entry.event()),
            scan.tenant().value(),
            scan.id().value()));
  }

  @Override
  public Optional<CallbackState> state(String id) throws InterruptedException {
    List<String> found = redis.ask(it -> it.hmget(keys.webhook(id), "status", "tries"));
    Optional<String> status = Optional.ofNullable(found.get(0));
    Optional<String> tries = Optional.ofNullable(found.get(1));
    if (status.isEmpty() || tries.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new CallbackState(
              CallbackState.Status.valueOf(status.get()), Integer.parseInt(tries.get())));
    } catch (IllegalArgumentException e) {
      throw new LedgerUnavailable("the state of webhook " + id + " is unreadable", e);
    }
  }

  private List<String> keysOf(String id) {
    return List.of(keys.outbox(), keys.webhook(id));
  }
}
