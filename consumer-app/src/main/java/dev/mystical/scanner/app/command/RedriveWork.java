package dev.mystical.scanner.app.command;

import dev.mystical.scanner.app.command.Redriven.Outcome;
import dev.mystical.scanner.domain.deadletter.DeadLetter;
import dev.mystical.scanner.domain.deadletter.Redrive;
import dev.mystical.scanner.domain.deadletter.RedriveStep;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.intake.Intake;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.queue.DeadLetterBox;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.EntryResult;
import dev.mystical.scanner.domain.queue.MessageSender;
import dev.mystical.scanner.domain.queue.QueueUnavailable;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.wire.RequestDocument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends dead letters back, one after the other. A letter is sent first and deleted then: what
 * breaks off in between leaves it twice, and the ledger knows a repeat, while the other order could
 * lose it. Used by one command, on one thread.
 */
final class RedriveWork {
  /** A scan that workers write all the time lets somebody else in after a few tries. */
  private static final int TRIES = 50;

  /** So many letters in a row that meet trouble, and each will. */
  private static final int ENOUGH = 3;

  /** What it works with. */
  record Parts(
      Redrive policy,
      DeadLetterBox box,
      MessageSender sender,
      Optional<TokenKey> key,
      ScanLedger ledger) {}

  private final Parts parts;
  private final boolean dry;
  private int failures;

  /**
   * Work that changes things, or a try.
   *
   * @param dry whether to say only what would be done
   */
  RedriveWork(Parts parts, boolean dry) {
    this.parts = parts;
    this.dry = dry;
  }

  /**
   * What became of a letter, or would. One that meets trouble holds up no other; throws {@link
   * QueueUnavailable} or {@link LedgerUnavailable} once all do.
   */
  Redriven redriven(DeadLetter letter, Redrive.Choice choice) throws InterruptedException {
    try {
      Redriven redriven = dry ? tried(letter, choice) : done(letter, choice);
      failures = 0;
      return redriven;
    } catch (QueueUnavailable | LedgerUnavailable away) {
      failures++;
      if (failures == ENOUGH) {
        throw away;
      }
      return new Redriven(letter, Outcome.FAILED, String.valueOf(away.getMessage()));
    }
  }

  private Redriven tried(DeadLetter letter, Redrive.Choice choice) throws InterruptedException {
    Found found = parts.ledger().load(letter.key());
    RedriveStep step = parts.policy().step(letter, found, choice);
    Outcome outcome =
        switch (step) {
          case RedriveStep.Stay stay -> Outcome.STAYS;
          case RedriveStep.Send send -> Outcome.SENT;
          case RedriveStep.Reopen reopen -> Outcome.SENT;
          case RedriveStep.Restart restart -> Outcome.RESTARTED;
          case RedriveStep.Drop drop -> Outcome.DELETED;
        };
    return new Redriven(letter, outcome, step.why());
  }

  private Redriven done(DeadLetter letter, Redrive.Choice choice) throws InterruptedException {
    for (int tries = 0; tries < TRIES; tries++) {
      Found found = parts.ledger().load(letter.key());
      switch (parts.policy().step(letter, found, choice)) {
        case RedriveStep.Stay(String why) -> {
          return new Redriven(letter, Outcome.STAYS, why);
        }
        case RedriveStep.Send(String why) -> {
          return sent(letter, why);
        }
        case RedriveStep.Reopen(String why) -> {
          parts.ledger().reopen(letter.key());
          return sent(letter, why);
        }
        case RedriveStep.Restart(var before, var after, String why) -> {
          Commit commit = Commit.of(before, after, found.now());
          if (parts.ledger().commit(commit) instanceof CommitResult.Committed) {
            return deleted(letter, Outcome.RESTARTED, why);
          }
          // Somebody else wrote first.
        }
        case RedriveStep.Drop(String why) -> {
          return deleted(letter, Outcome.DELETED, why);
        }
      }
    }
    return new Redriven(letter, Outcome.FAILED, "its scan changes all the time; try again");
  }

  private Redriven sent(DeadLetter letter, String why) throws InterruptedException {
    Delivery delivery = letter.delivery();
    String body = RequestDocument.withScanId(delivery.body(), letter.key().id());
    parts.sender().send(body, attributes(delivery, body));
    // Noted before it is deleted: who watches the dead letters would else, if that fails, take the
    // scan that waits for the message just sent for one that nobody works on.
    if (!letter.copied()) {
      parts.ledger().settle(delivery.id(), Optional.empty(), told(letter));
    }
    return deleted(letter, Outcome.SENT, why);
  }

  private Redriven deleted(DeadLetter letter, Outcome outcome, String why)
      throws InterruptedException {
    try {
      EntryResult result = parts.box().delete(List.of(letter.delivery().receipt())).getFirst();
      return switch (result) {
        case EntryResult.Done() -> new Redriven(letter, outcome, why);
        case EntryResult.Gone(String reason) -> undeleted(letter, outcome, reason);
        case EntryResult.Failed(String reason) -> undeleted(letter, outcome, reason);
      };
    } catch (QueueUnavailable away) {
      return undeleted(letter, outcome, String.valueOf(away.getMessage()));
    }
  }

  private static Redriven undeleted(DeadLetter letter, Outcome outcome, String reason) {
    String done =
        switch (outcome) {
          case SENT -> "it was sent, but";
          case RESTARTED -> "its scan was restarted, but it";
          case DELETED, STAYS, FAILED -> "it";
        };
    return new Redriven(
        letter, Outcome.FAILED, done + " could not be deleted, which does no harm: " + reason);
  }

  /** A signature that is kept is good for a body that is; one that was good is made anew. */
  private Map<String, String> attributes(Delivery delivery, String body) {
    Map<String, String> attributes = new HashMap<>();
    Map<String, String> own = delivery.attributes();
    if (own.containsKey(Intake.TRACEPARENT)) {
      attributes.put(Intake.TRACEPARENT, own.get(Intake.TRACEPARENT));
    }
    String signature = own.get(Intake.SIGNATURE);
    if (signature == null) {
      return attributes;
    }
    if (body.equals(delivery.body())) {
      attributes.put(Intake.SIGNATURE, signature);
    } else if (parts.key().isPresent() && parts.key().get().signed(delivery.body(), signature)) {
      attributes.put(Intake.SIGNATURE, parts.key().get().signature(body));
    }
    return attributes;
  }

  private static ErrorEvent told(DeadLetter letter) {
    return ErrorEvent.warn(
        ErrorCode.INTERNAL,
        Stage.RECEIVE,
        Subject.of(letter.delivery().id()).scan(letter.key()),
        "message %s, received %d times in vain, was sent to the queue again"
            .formatted(letter.delivery().id(), letter.delivery().receiveCount()));
  }
}
