package dev.mystical.scanner.domain.reconcile;

import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.Requeue;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.StopReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes runs learn of attempts that they did not know. */
final class Adoption {
  private Adoption() {}

  /**
   * A run that has not ended, with a later attempt than it knew. Whatever it had before was over
   * when that was launched, or was to be.
   */
  static Run later(Run run, Attempt attempt, Instant now) {
    List<Attempt> attempts = new ArrayList<>();
    run.attempts().forEach(it -> attempts.add(it.stopping(StopReason.LEFT_OVER, now)));
    attempts.add(attempt);
    return new Run(
        run.provider(),
        run.required(),
        RunStatus.PROVISIONING,
        attempts,
        Optional.empty(),
        run.requeue(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** What was launched before a person's retry does not count against the budget. */
  static Run inSeries(Run run, int firstAttempt) {
    return new Run(
        run.provider(),
        run.required(),
        run.status(),
        run.attempts(),
        run.blockedSince(),
        Optional.of(new Requeue(run.attempts().getLast().launchingAt(), firstAttempt)),
        run.report(),
        run.error(),
        run.endedAt());
  }
}
