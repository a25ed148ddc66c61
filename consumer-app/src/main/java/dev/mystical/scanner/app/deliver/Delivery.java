package dev.mystical.scanner.app.deliver;

import dev.mystical.scanner.app.metrics.Counters.Count;
import dev.mystical.scanner.domain.deliver.CallbackState;
import dev.mystical.scanner.domain.deliver.DeliveryDecision;
import dev.mystical.scanner.domain.deliver.DeliveryOutcome;
import dev.mystical.scanner.domain.deliver.Outgoing;
import dev.mystical.scanner.domain.deliver.Webhook;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Severity;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ScanError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One try of one webhook, and what is written of it. Safe for use by many threads. */
final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  /** While the claim lasts, what came of a try is still worth writing. */
  private static final int WRITES = 5;

  private static final Duration BETWEEN_WRITES = Duration.ofSeconds(2);

  private final Deliverer.Parts parts;
  private final InstantSource clock;
  private final RandomGenerator random;

  Delivery(Deliverer.Parts parts, InstantSource clock, RandomGenerator random) {
    this.parts = parts;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Makes it.
   *
   * @param now the ledger's time when it was claimed
   * @param claimed ours at that moment
   */
  void make(Outgoing webhook, Instant now, Instant claimed) throws InterruptedException {
    parts.counters().add(Count.WEBHOOKS_SENT);
    Instant begun = now.plus(Duration.between(claimed, clock.instant()));
    DeliveryOutcome outcome =
        parts.sender().send(new Webhook(webhook.id(), webhook.url(), webhook.body(), begun));
    Instant ended = now.plus(Duration.between(claimed, clock.instant()));
    int tries = webhook.tries() + 1;
    switch (parts
        .policy()
        .decide(outcome, tries, webhook.firstTry().orElse(begun), ended, random)) {
      case DeliveryDecision.Delivered(int status) -> {
        written(() -> parts.outbox().end(webhook, CallbackState.Status.DELIVERED));
        parts.counters().add(Count.WEBHOOKS_DELIVERED);
        log("webhook-delivered", webhook, tries, "status " + status);
      }
      case DeliveryDecision.Again(Instant at, String why) -> {
        written(() -> {
          parts.outbox().again(webhook, at);
          return true;
        });
        log("webhook-put-off", webhook, tries, why);
      }
      case DeliveryDecision.GivenUp(ScanError error) -> givenUp(webhook, tries, error);
    }
  }

  private void givenUp(Outgoing webhook, int tries, ScanError error) throws InterruptedException {
    CallbackState.Status end =
        error.code() == ErrorCode.CALLBACK_BLOCKED
            ? CallbackState.Status.BLOCKED
            : CallbackState.Status.FAILED;
    if (!written(() -> parts.outbox().end(webhook, end))) {
      return;
    }
    parts.counters().add(Count.WEBHOOKS_FAILED);
    log("webhook-given-up", webhook, tries, error.message());
    parts
        .feed()
        .publish(
            new ErrorEvent(
                Severity.ERROR,
                error.code(),
                Stage.DELIVER,
                Subject.of(webhook.scan()),
                error.retryable(),
                error.message(),
                Optional.empty()));
  }

  private interface Write {
    boolean make() throws InterruptedException;
  }

  /**
   * A write that is repeated does no harm, and one that is given up costs the receiver a repeat.
   */
  private static boolean written(Write write) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        return write.make();
      } catch (LedgerUnavailable away) {
        if (tries == WRITES) {
          throw away;
        }
        Thread.sleep(BETWEEN_WRITES);
      }
    }
  }

  private static void log(String event, Outgoing webhook, int tries, String detail) {
    LOG.info(
        "event={} scanId={} tenant={} webhookId={} tries={} detail=\"{}\"",
        event,
        webhook.scan().id(),
        webhook.scan().tenant(),
        webhook.id(),
        tries,
        detail);
  }
}
