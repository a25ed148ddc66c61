package dev.mystical.scanner.app.deadletters;

import dev.mystical.scanner.app.log.LogScope;
import dev.mystical.scanner.app.loop.Loop;
import dev.mystical.scanner.domain.deadletter.Burial;
import dev.mystical.scanner.domain.deadletter.DeadLetter;
import dev.mystical.scanner.domain.deadletter.DeadLetterStep;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.ErrorFeed;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.intake.RequestDecoder;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.queue.DeadLetterBox;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.QueueUnavailable;
import dev.mystical.scanner.domain.queue.QueueUnavailable.Kind;
import dev.mystical.scanner.domain.scan.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that every dead letter is an ended scan, and that people are told of each, once,
 * however many replicas watch. It deletes none of them: what becomes of a dead letter is for people
 * to say. Its state belongs to the one loop that turns it.
 */
public final class DeadLetterWatch implements Loop.Turn {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterWatch.class);

  private static final Duration PAUSE = Duration.ofMinutes(5);

  /** The ledger is rebuilt, or back, within seconds mostly. */
  private static final Duration SOON = Duration.ofSeconds(15);

  /** A count is about right, and hides a letter that came as another one went. */
  private static final Duration LONGEST_BLINDNESS = Duration.ofMinutes(30);

  /** So many letters in a row for which the ledger has no answer, and it is away. */
  private static final int ENOUGH = 3;

  /** More changes of one scan in a row are somebody else's, who will not be finished soon. */
  private static final int TRIES = 10;

  /**
   * What it works with.
   *
   * @param key verifies signatures; without one nothing counts as signed
   */
  public record Parts(
      DeadLetterSource source,
      RequestDecoder decoder,
      Optional<TokenKey> key,
      ScanLedger ledger,
      ErrorFeed feed) {}

  private final Parts parts;
  private final InstantSource clock;
  private int known;
  private Instant looked = Instant.EPOCH;
  private boolean undecided;
  private int unanswered;

  /**
   * A watch that looks at its first turn.
   *
   * @param clock a monotonic one
   */
  public DeadLetterWatch(Parts parts, InstantSource clock) {
    this.parts = parts;
    this.clock = clock;
  }

  @Override
  public Duration take() throws InterruptedException {
    try {
      return look();
    } catch (QueueUnavailable away) {
      parts.feed().publish(unavailable(away));
      return PAUSE;
    } catch (LedgerUnavailable away) {
      LOG.warn("event=dead-letters-undecided reason=\"{}\"", away.getMessage());
      return SOON;
    }
  }

  private Duration look() throws InterruptedException {
    Optional<DeadLetterBox> box = find();
    if (box.isEmpty()) {
      return PAUSE;
    }
    int count = box.get().count();
    boolean blind = !looked.plus(LONGEST_BLINDNESS).isAfter(clock.instant());
    if (count > 0 && (count > known || undecided || blind)) {
      looked = clock.instant();
      walk(box.get());
    }
    known = count;
    return undecided ? SOON : PAUSE;
  }

  /** A scan queue that cannot be asked is told of by those who receive from it. */
  private Optional<DeadLetterBox> find() throws InterruptedException {
    try {
      return parts.source().find();
    } catch (QueueUnavailable away) {
      LOG.info("event=dead-letters-not-found reason=\"{}\"", away.getMessage());
      return Optional.empty();
    }
  }

  private void walk(DeadLetterBox box) throws InterruptedException {
    boolean whole = false;
    undecided = false;
    unanswered = 0;
    try {
      if (new DeadLetterWalk(box, this::visit).more()) {
        LOG.warn("event=dead-letters-too-many looked={}", DeadLetterWalk.MOST);
      }
      whole = true;
    } finally {
      undecided |= !whole;
    }
  }

  private DeadLetterWalk.Place visit(Delivery delivery) throws InterruptedException {
    LogScope.of(delivery.id()).during(() -> look(delivery));
    return DeadLetterWalk.Place.LEFT;
  }

  private void look(Delivery delivery) throws InterruptedException {
    try {
      undecided |= !decided(DeadLetter.read(delivery, parts.decoder(), parts.key()));
      unanswered = 0;
    } catch (LedgerUnavailable away) {
      // One scan that cannot be read, since a newer version wrote it, holds up no other letter.
      unanswered++;
      if (unanswered == ENOUGH) {
        throw away;
      }
      undecided = true;
    }
  }

  private boolean decided(DeadLetter letter) throws InterruptedException {
    MessageId message = letter.delivery().id();
    LogScope.concerns(letter.key());
    if (letter.copied() || parts.ledger().settled(message)) {
      return true;
    }
    for (int tries = 0; tries < TRIES; tries++) {
      Found found = parts.ledger().load(letter.key());
      switch (Burial.step(letter, found)) {
        case DeadLetterStep.Later() -> {
          return false;
        }
        case DeadLetterStep.Refuse refuse -> {
          parts.ledger().settle(message, Optional.of(refuse.scan()), refuse.why());
          tell(letter, "scan-failed");
          return true;
        }
        case DeadLetterStep.Note(ErrorEvent why) -> {
          parts.ledger().settle(message, Optional.empty(), why);
          tell(letter, "noted");
          return true;
        }
        case DeadLetterStep.Fail(var before, var after) -> {
          Commit commit = Commit.of(before, after, found.now());
          if (parts.ledger().commit(commit) instanceof CommitResult.Committed) {
            tell(letter, "runs-failed");
          }
          // In either case the scan is another one now.
        }
      }
    }
    return false;
  }

  private static void tell(DeadLetter letter, String outcome) {
    LOG.warn("event=dead-letter messageId={} outcome={}", letter.delivery().id(), outcome);
  }

  private static ErrorEvent unavailable(QueueUnavailable away) {
    ErrorCode code =
        away.kind() == Kind.CONFIGURATION ? ErrorCode.SQS_CONFIG : ErrorCode.SQS_UNAVAILABLE;
    return ErrorEvent.warn(
        code, Stage.RECEIVE, Subject.SYSTEM, "dead-letter queue: " + away.getMessage());
  }
}
