package dev.mystical.scanner.app.deliver;

import dev.mystical.scanner.app.health.HealthBoard;
import dev.mystical.scanner.app.health.HealthBoard.Dependency;
import dev.mystical.scanner.app.loop.Loop;
import dev.mystical.scanner.app.metrics.Counters;
import dev.mystical.scanner.app.metrics.Counters.Count;
import dev.mystical.scanner.domain.deliver.DeliveryPolicy;
import dev.mystical.scanner.domain.deliver.Outbox;
import dev.mystical.scanner.domain.deliver.Outgoing;
import dev.mystical.scanner.domain.deliver.WebhookSender;
import dev.mystical.scanner.domain.feed.ErrorFeed;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.http.webhook.CallbackRules;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims webhooks that are due, and sends each on a thread of its own.
 *
 * <p>A try takes up to 15 s, and a receiver that is dead takes all of them. So no host has more
 * than a few tries at once: the webhooks for it that are due beyond that go back for some seconds,
 * and those behind them come through.
 */
public final class Deliverer {
  static final int AT_ONCE = 64;
  static final int PER_HOST = 4;

  private static final Logger LOG = LoggerFactory.getLogger(Deliverer.class);

  /** A try, and writing down what came of it, with time to spare. */
  private static final Duration LEASE = Duration.ofSeconds(60);

  private static final Duration GLANCE = Duration.ofSeconds(1);
  private static final Duration LONGEST_TURN = Duration.ofSeconds(60);
  private static final Duration OUT_OF_THE_WAY = Duration.ofSeconds(5);

  /** What it works with. */
  public record Parts(
      Outbox outbox,
      WebhookSender sender,
      DeliveryPolicy policy,
      ErrorFeed feed,
      HealthBoard health,
      Counters counters) {}

  private final Parts parts;
  private final InstantSource clock;
  private final Delivery delivery;
  private final Loop loop;
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final Map<String, Integer> busy = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("delivery-", 0).factory());
  private volatile long waiting;

  /**
   * A deliverer that does nothing yet.
   *
   * @param clock a monotonic one
   */
  public Deliverer(Parts parts, InstantSource clock, RandomGenerator random) {
    this.parts = parts;
    this.clock = clock;
    this.delivery = new Delivery(parts, clock, random);
    this.loop = new Loop("deliverer", this::turn, LONGEST_TURN, clock, random);
  }

  public void start() {
    loop.start();
  }

  public Loop loop() {
    return loop;
  }

  /** How many webhooks were to leave when it looked last, now or later, by whomever. */
  public long waiting() {
    return waiting;
  }

  /** Begins no more tries, and lets those that are made come to their end for so long. */
  public void stop(Duration grace) throws InterruptedException {
    Instant deadline = clock.instant().plus(grace);
    if (!loop.stop(grace.dividedBy(2))) {
      LOG.error("event=deliverer-stuck");
    }
    if (!idle(Duration.between(clock.instant(), deadline))) {
      // They are due again when their claims end.
      LOG.warn("event=deliveries-cut-off");
    }
    threads.shutdownNow();
  }

  /** Waits until no try is being made, at most so long. Answers whether none is. */
  boolean idle(Duration atMost) throws InterruptedException {
    if (!places.tryAcquire(AT_ONCE, Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS)) {
      return false;
    }
    places.release(AT_ONCE);
    return true;
  }

  /** Begins the tries that are due. */
  Duration turn() throws InterruptedException {
    int free = places.availablePermits();
    if (free == 0) {
      return GLANCE;
    }
    Outbox.Claim claim;
    try {
      claim = parts.outbox().claim(free, LEASE);
    } catch (LedgerUnavailable away) {
      parts.health().unwell(Dependency.REDIS, String.valueOf(away.getMessage()));
      throw away;
    }
    parts.health().well(Dependency.REDIS);
    waiting = claim.waiting();
    for (Outgoing webhook : claim.webhooks()) {
      begin(webhook, claim.now());
    }
    return claim.webhooks().size() == free ? Duration.ZERO : GLANCE;
  }

  private void begin(Outgoing webhook, Instant now) throws InterruptedException {
    // What is no URL goes nowhere, and holds nobody up.
    String host = CallbackRules.host(webhook.url()).orElse("");
    if (busy.merge(host, 1, Integer::sum) > PER_HOST) {
      done(host);
      putBack(webhook, now.plus(OUT_OF_THE_WAY));
      return;
    }
    places.acquire();
    Instant claimed = clock.instant();
    threads.execute(() -> {
      try {
        delivery.make(webhook, now, claimed);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      } catch (LedgerUnavailable away) {
        LOG.warn(
            "event=delivery-unwritten scanId={} webhookId={} reason=\"{}\"",
            webhook.scan().id(),
            webhook.id(),
            away.getMessage());
      } catch (Throwable fault) {
        parts.counters().add(Count.FAULTS);
        LOG.error(
            "event=delivery-failed scanId={} webhookId={}",
            webhook.scan().id(),
            webhook.id(),
            fault);
      } finally {
        done(host);
        places.release();
      }
    });
  }

  /** Where that fails it is due again when its claim ends; the others must not wait for it. */
  private void putBack(Outgoing webhook, Instant at) throws InterruptedException {
    try {
      parts.outbox().putBack(webhook, at);
    } catch (LedgerUnavailable away) {
      LOG.warn(
          "event=webhook-not-put-back scanId={} webhookId={} reason=\"{}\"",
          webhook.scan().id(),
          webhook.id(),
          away.getMessage());
    }
  }

  private void done(String host) {
    busy.computeIfPresent(host, (name, tries) -> tries == 1 ? null : tries - 1);
  }
}
