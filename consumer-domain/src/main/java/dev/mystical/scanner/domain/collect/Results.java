package dev.mystical.scanner.domain.collect;

import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.domain.report.StoredReport;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Handover;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.ScanError;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the results of a run come to. A container that never told anything owes nothing, and is
 * judged by its exit code alone; every other one owes a report in which something was looked at.
 */
public final class Results {
  /** How long after the end of a task its report may still come in. */
  public static final Duration GRACE = Duration.ofSeconds(60);

  private Results() {}

  /** What there is to be done about a run. */
  public sealed interface Result {
    /** It has done its work. */
    record Done() implements Result {}

    /** It has not. */
    record Failed(ScanError error) implements Result {}

    /** Its report may still come. */
    record Awaited() implements Result {}
  }

  /** That of a run whose task has ended by itself with exit code 0. */
  public static Result ofExited(Run run, Attempt attempt, Instant now) {
    Handover handover = attempt.course().handover();
    if (handover.equals(Handover.NONE) && run.report().isEmpty()) {
      return new Result.Done();
    }
    Result told = of(run, handover);
    if (!(told instanceof Result.Awaited)) {
      return told;
    }
    Instant since = handover.awaitedSince().orElse(now);
    return since.plus(GRACE).isAfter(now) ? told : new Result.Failed(missing(handover));
  }

  /** That of a run whose container has said its last word, whether its task has ended or not. */
  static Result ofCompleted(Run run, Attempt attempt) {
    Handover handover = attempt.course().handover();
    return handover.completion().isPresent() ? of(run, handover) : new Result.Awaited();
  }

  private static Result of(Run run, Handover handover) {
    Optional<ScanError> said = handover.completion().flatMap(Handover.Completion::error);
    if (said.isPresent()) {
      return new Result.Failed(said.get());
    }
    return run.report().map(Results::of).orElseGet(Result.Awaited::new);
  }

  private static Result of(StoredReport report) {
    return report.summary().coverage() == Coverage.NONE
        ? new Result.Failed(
            new ScanError(
                ErrorCode.REPORT_INCOMPLETE,
                "the report does not say that anything was looked at",
                false))
        : new Result.Done();
  }

  private static ScanError missing(Handover handover) {
    return handover
        .refusal()
        .orElseGet(() ->
            new ScanError(
                ErrorCode.REPORT_MISSING,
                "the container owed a report, and none came within %d s after its end"
                    .formatted(GRACE.toSeconds()),
                false));
  }
}
