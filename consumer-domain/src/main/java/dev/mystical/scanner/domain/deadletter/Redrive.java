package dev.mystical.scanner.domain.deadletter;

import dev.mystical.scanner.domain.intake.Decoded;
import dev.mystical.scanner.domain.intake.Intake;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.Scan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Decides how a dead letter is sent back, so that nothing runs twice: what may have run is not
 * launched again, whatever came of it. A person who wants that asks for a retry of the scan.
 *
 * @param remembered how long the ledger keeps scans that have ended
 */
public record Redrive(Duration remembered) {
  /** Which letters a person has asked for. */
  public enum Choice {
    /** This one, by its name. */
    NAMED,
    /** All that are there. */
    ALL
  }

  /** What is to be done with a letter, given what the ledger has under its key. */
  public RedriveStep step(DeadLetter letter, Found found, Choice choice) {
    if (Intake.doubtful(letter.delivery(), found)) {
      return new RedriveStep.Stay(
          "its scan may have begun: the ledger has lost its data, and is still being rebuilt");
    }
    return switch (letter.decoded()) {
      case Decoded.Invalid invalid ->
          new RedriveStep.Stay("it is still no request: " + invalid.text());
      case Decoded.Request request ->
          switch (found.entry()) {
            case Found.Absent() -> absent(letter, found.now(), choice);
            case Found.Refused refused ->
                new RedriveStep.Reopen("its scan had failed before it began");
            case Found.Versioned known -> known(request, known, found.now());
          };
    };
  }

  private RedriveStep absent(DeadLetter letter, Instant now, Choice choice) {
    // A copy is of a message that was refused, so nothing has ever run for it.
    boolean forgotten =
        !letter.copied() && letter.delivery().sentAt().isBefore(now.minus(remembered));
    if (forgotten && choice == Choice.ALL) {
      return new RedriveStep.Stay(
          "it is older than all that the ledger remembers, and may have run; name it to send it");
    }
    return new RedriveStep.Send("nobody has its scan");
  }

  private static RedriveStep known(Decoded.Request request, Found.Versioned known, Instant now) {
    Scan scan = known.scan();
    if (DeadLetter.differs(request, scan)) {
      return new RedriveStep.Stay("the scan of this id has another request");
    }
    if (scan.status().ended()) {
      return ended(known, now);
    }
    return scan.settled() && !scan.digest().equals(Scan.UNKNOWN_DIGEST)
        ? new RedriveStep.Drop("its scan goes on without it")
        : new RedriveStep.Send("its scan waits for it");
  }

  private static RedriveStep ended(Found.Versioned known, Instant now) {
    Scan scan = known.scan();
    if (scan.digest().equals(Scan.UNKNOWN_DIGEST)) {
      return new RedriveStep.Stay(
          "its scan is "
              + scan.status()
              + ", and was rebuilt from its tasks: whether they were all is not known");
    }
    return switch (scan.status()) {
      case QUEUED, RUNNING -> throw new IllegalStateException(scan.key() + " has not ended");
      case SUCCEEDED, CANCELLED -> new RedriveStep.Drop("its scan is " + scan.status());
      case PARTIAL, FAILED, TIMED_OUT -> unsuccessful(known, now);
    };
  }

  private static RedriveStep unsuccessful(Found.Versioned known, Instant now) {
    Scan scan = known.scan();
    List<Attempt> attempts = scan.runs().stream().map(Run::attempts).flatMap(List::stream).toList();
    if (attempts.stream().anyMatch(attempt -> attempt.task().isPresent())) {
      return new RedriveStep.Drop(
          "its scan has run and is %s; 'retry %s' runs it again"
              .formatted(scan.status(), scan.key().id()));
    }
    if (!attempts.stream().allMatch(Attempt::over)) {
      return new RedriveStep.Stay(
          "its scan is %s, but a task of it may have started; that is known in some minutes"
              .formatted(scan.status()));
    }
    return new RedriveStep.Restart(
        known, scan.retried(now), "its scan was %s before anything ran".formatted(scan.status()));
  }
}
