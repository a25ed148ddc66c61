package dev.mystical.scanner.app.consume;

import dev.mystical.scanner.app.consume.Counters.Count;
import dev.mystical.scanner.app.health.HealthBoard;
import dev.mystical.scanner.app.health.HealthBoard.Dependency;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.ErrorFeed;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.intake.Decoded;
import dev.mystical.scanner.domain.intake.Intake;
import dev.mystical.scanner.domain.intake.IntakeDecision;
import dev.mystical.scanner.domain.intake.RequestDecoder;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.queue.DeadLetters;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.QueueUnavailable;
import dev.mystical.scanner.domain.retry.Backoff;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Scan;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on one message to its end: reads it, finds or writes its scan, launches what is to be
 * launched, and answers with the proof that it may be deleted. It waits out an absent ledger or
 * dead-letter queue while it holds the message; whatever it had done by then stands in the ledger,
 * so starting over is going on.
 */
final class MessageWork {
  private static final Logger LOG = LoggerFactory.getLogger(MessageWork.class);
  private static final Backoff AWAY = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

  /** What it works with. */
  record Parts(
      RequestDecoder decoder,
      Optional<TokenKey> key,
      QueueTerms terms,
      ScanLedger ledger,
      LaunchWork launches,
      ErrorFeed feed,
      HealthBoard health,
      Counters counters) {}

  private final Parts parts;
  private final LedgerTime time;
  private final RandomGenerator random;

  MessageWork(Parts parts, LedgerTime time, RandomGenerator random) {
    this.parts = parts;
    this.time = time;
    this.random = random;
  }

  Finished work(Delivery delivery, Custody custody) throws InterruptedException {
    Decoded decoded = parts.decoder().decode(delivery.body());
    AtomicBoolean copied = new AtomicBoolean();
    for (int tries = 0; ; tries++) {
      custody.check();
      try {
        Finished finished = once(delivery, decoded, copied, custody);
        parts.health().well(Dependency.REDIS);
        return finished;
      } catch (LedgerUnavailable away) {
        ledgerAway(String.valueOf(away.getMessage()));
      } catch (QueueUnavailable away) {
        deadLettersAway(String.valueOf(away.getMessage()));
      }
      custody.rest(AWAY.delay(tries, random));
    }
  }

  /**
   * @param copied whether a try before this one has copied the message to the dead letters, so that
   *     a ledger that reads but does not write costs no copy a try
   */
  private Finished once(Delivery delivery, Decoded decoded, AtomicBoolean copied, Custody custody)
      throws InterruptedException {
    Intake intake = new Intake(parts.key(), !parts.terms().deadLetters().known());
    while (true) {
      Found found = parts.ledger().load(intake.key(delivery, decoded));
      time.told(found.now());
      switch (intake.decide(delivery, decoded, found)) {
        case IntakeDecision.Resume(Found.Versioned known) -> {
          return parts.launches().launch(known, custody);
        }
        case IntakeDecision.Refuse refusal -> {
          return refuse(delivery, refusal, copied);
        }
        case IntakeDecision.Begin(Scan scan) -> {
          Commit first = Commit.of(scan, time.instant());
          if (parts.ledger().commit(first)
              instanceof CommitResult.Committed(long version, var now)) {
            time.told(now);
            parts.counters().add(Count.SCANS_BEGUN);
            return parts.launches().launch(new Found.Versioned(scan, version), custody);
          }
          // Another worker wrote the same scan first: look again.
          custody.check();
        }
      }
    }
  }

  private Finished refuse(Delivery delivery, IntakeDecision.Refuse refusal, AtomicBoolean copied)
      throws InterruptedException {
    if (!parts.ledger().settled(delivery.id())) {
      DeadLetters deadLetters = parts.terms().deadLetters();
      if (deadLetters.known() && !copied.get()) {
        deadLetters.copy(delivery, refusal.why().code());
        copied.set(true);
      }
      parts.ledger().settle(delivery.id(), refusal.scan(), refusal.why());
      parts.counters().add(Count.REFUSED);
      LOG.warn("event=refused messageId={} code={}", delivery.id(), refusal.why().code());
    }
    return new Finished.Refused(delivery.id());
  }

  private void ledgerAway(String detail) throws InterruptedException {
    parts.health().unwell(Dependency.REDIS, detail);
    parts
        .feed()
        .publish(
            ErrorEvent.error(ErrorCode.REDIS_UNAVAILABLE, Stage.LAUNCH, Subject.SYSTEM, detail));
  }

  private void deadLettersAway(String detail) throws InterruptedException {
    parts
        .feed()
        .publish(
            ErrorEvent.warn(
                ErrorCode.SQS_UNAVAILABLE,
                Stage.DECODE,
                Subject.SYSTEM,
                "dead-letter queue: " + detail));
  }
}
