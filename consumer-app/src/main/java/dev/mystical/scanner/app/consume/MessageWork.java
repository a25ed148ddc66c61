package dev.mystical.scanner.app.consume;

import dev.mystical.scanner.app.health.HealthBoard;
import dev.mystical.scanner.app.health.HealthBoard.Dependency;
import dev.mystical.scanner.app.log.LogScope;
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
import dev.mystical.scanner.domain.ledger.ScanUnreadable;
import dev.mystical.scanner.domain.queue.DeadLetters;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.QueueUnavailable;
import dev.mystical.scanner.domain.retry.Backoff;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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

  /** A ledger that has lost its data is rebuilt within some seconds. */
  private static final Duration DOUBT = Duration.ofSeconds(1);

  private static final Backoff AWAY = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

  /** What it works with. */
  record Parts(
      RequestDecoder decoder,
      Optional<TokenKey> key,
      QueueTerms terms,
      ScanLedger ledger,
      LaunchWork launches,
      ErrorFeed feed,
      HealthBoard health) {}

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
    Done done = new Done();
    for (int tries = 0; ; tries++) {
      custody.check();
      try {
        Finished finished = once(delivery, decoded, done, custody);
        parts.health().well(Dependency.REDIS);
        return finished;
      } catch (ScanUnreadable later) {
        throw later;
      } catch (LedgerUnavailable away) {
        ledgerAway(String.valueOf(away.getMessage()));
      } catch (QueueUnavailable away) {
        deadLettersAway(String.valueOf(away.getMessage()));
      }
      custody.rest(AWAY.delay(tries, random));
    }
  }

  /** What a try has done that the next one need not do again. */
  private static final class Done {
    /** Copied to the dead letters, so that a ledger that only reads costs no copy a try. */
    private boolean copied;

    private boolean toldOfDoubt;
  }

  private Finished once(Delivery delivery, Decoded decoded, Done done, Custody custody)
      throws InterruptedException {
    Intake intake = new Intake(parts.key(), !parts.terms().deadLetters().known());
    ScanKey key = intake.key(delivery, decoded);
    LogScope.concerns(key);
    Found found = mayBegin(delivery, decoded) ? nothing() : loaded(key);
    while (true) {
      switch (intake.decide(delivery, decoded, found)) {
        case IntakeDecision.Resume(Found.Versioned known) -> {
          return parts.launches().launch(known, custody);
        }
        case IntakeDecision.Refuse refusal -> {
          return refuse(delivery, refusal, done);
        }
        case IntakeDecision.Begin(Scan scan, Instant asked) ->
            found = written(Commit.of(scan, parts.launches().begun(scan), asked, time.instant()));
        case IntakeDecision.Complete(Found.Versioned before, Scan whole) ->
            found = written(Commit.of(before, whole, time.instant()));
        case IntakeDecision.Wait() -> {
          waitOut(delivery, done, custody);
          found = loaded(key);
        }
      }
      custody.check();
    }
  }

  private Found loaded(ScanKey key) throws InterruptedException {
    Found found = parts.ledger().load(key);
    time.told(found.now());
    return found;
  }

  /**
   * Whether the ledger is likely to have nothing: then the scan's first commit is tried without a
   * look, and answers with what stands where that is wrong. What is signed came through the API,
   * which has noted it.
   */
  private boolean mayBegin(Delivery delivery, Decoded decoded) {
    return decoded instanceof Decoded.Request
        && !delivery.attributes().containsKey(Intake.SIGNATURE)
        && time.known();
  }

  private Found nothing() {
    return new Found(new Found.Absent(), time.instant());
  }

  private void waitOut(Delivery delivery, Done done, Custody custody) throws InterruptedException {
    parts.health().well(Dependency.REDIS);
    if (!done.toldOfDoubt) {
      LOG.info("event=ledger-in-doubt messageId={}", delivery.id());
      done.toldOfDoubt = true;
    }
    custody.rest(DOUBT);
  }

  /** What stands after a commit: the scan that it has written, or what was in its way. */
  private Found written(Commit commit) throws InterruptedException {
    Found found =
        switch (parts.ledger().commit(commit)) {
          case CommitResult.Committed(long version, Instant now) ->
              new Found(new Found.Versioned(commit.scan(), version), now);
          case CommitResult.Stale(Found current) -> current;
        };
    time.told(found.now());
    return found;
  }

  private Finished refuse(Delivery delivery, IntakeDecision.Refuse refusal, Done done)
      throws InterruptedException {
    if (!parts.ledger().settled(delivery.id())) {
      DeadLetters deadLetters = parts.terms().deadLetters();
      if (deadLetters.known() && !done.copied) {
        deadLetters.copy(delivery, refusal.why().code());
        done.copied = true;
      }
      parts.ledger().settle(delivery.id(), refusal.scan(), refusal.why());
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
