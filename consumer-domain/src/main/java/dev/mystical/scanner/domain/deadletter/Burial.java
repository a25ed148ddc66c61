package dev.mystical.scanner.domain.deadletter;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.domain.feed.Severity;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.intake.Decoded;
import dev.mystical.scanner.domain.intake.Intake;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides what a message that was received too often means for its scan, so that no scan waits for
 * a message that comes no more: every dead letter is an ended scan.
 */
public final class Burial {
  private Burial() {}

  /** What follows, given what the ledger has under the letter's key. */
  public static DeadLetterStep step(DeadLetter letter, Found found) {
    // A scan that is being rebuilt may lack the very runs that wait for no message.
    if (Intake.doubtful(letter.delivery(), found)) {
      return new DeadLetterStep.Later();
    }
    return switch (found.entry()) {
      case Found.Absent() when Intake.doubtful(letter.delivery(), found) ->
          new DeadLetterStep.Later();
      case Found.Absent() -> refused(letter, found.now());
      case Found.Refused refused -> note(letter, ", and was refused before");
      case Found.Versioned known ->
          switch (letter.decoded()) {
            // Its worker would have refused it, and so does nobody else harm for it.
            case Decoded.Invalid invalid ->
                note(letter, ", is no request, and names a scan that is " + known.scan().status());
            case Decoded.Request request when DeadLetter.differs(request, known.scan()) ->
                note(letter, ", and its scan has another request");
            case Decoded.Request request when known.scan().settled() ->
                note(letter, "; its scan is " + known.scan().status() + " all the same");
            case Decoded.Request request ->
                new DeadLetterStep.Fail(known, failed(letter, known.scan(), found.now()));
          };
    };
  }

  private static DeadLetterStep refused(DeadLetter letter, Instant now) {
    ScanError error =
        switch (letter.decoded()) {
          case Decoded.Invalid invalid -> {
            String text = inVain(letter) + ": " + invalid.text();
            yield new ScanError(invalid.code(), bounded(text), false);
          }
          case Decoded.Request request -> inVainError(letter);
        };
    ErrorEvent why =
        new ErrorEvent(
            Severity.ERROR,
            error.code(),
            Stage.RECEIVE,
            letter.subject(),
            error.retryable(),
            error.message(),
            Optional.empty());
    return new DeadLetterStep.Refuse(new RefusedScan(letter.key(), error, now), why);
  }

  private static Scan failed(DeadLetter letter, Scan scan, Instant now) {
    Scan next = scan;
    for (Run run : scan.runs()) {
      if (!run.settled()) {
        next =
            next.with(
                run.provider(),
                it -> it.ended(RunStatus.FAILED, Optional.of(inVainError(letter)), now),
                now);
      }
    }
    return next;
  }

  private static DeadLetterStep note(DeadLetter letter, String how) {
    return new DeadLetterStep.Note(
        ErrorEvent.warn(ErrorCode.INTERNAL, Stage.RECEIVE, letter.subject(), inVain(letter) + how));
  }

  private static ScanError inVainError(DeadLetter letter) {
    return new ScanError(
        ErrorCode.INTERNAL, inVain(letter) + "; 'redrive' sends it to the queue again", true);
  }

  /** SQS counts the receives of both queues, this look included. */
  private static String inVain(DeadLetter letter) {
    return "message %s lies in the dead-letter queue, received %d times in vain"
        .formatted(letter.delivery().id(), letter.delivery().receiveCount());
  }

  /** The feed bounds its own; a document of the ledger is small. */
  private static String bounded(String text) {
    return text.length() <= Redactor.LONGEST ? text : text.substring(0, Redactor.LONGEST);
  }
}
