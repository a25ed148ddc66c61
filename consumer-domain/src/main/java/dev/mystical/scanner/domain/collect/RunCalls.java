package dev.mystical.scanner.domain.collect;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.report.StoredReport;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Handover;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides what the calls of a run's container lead to. Which run and attempt a container is, its
 * token has proven; whether anybody still waits for that attempt, the scan says. What ends a run
 * here is written first; its task is then left to end by itself, and stopped if it does not.
 */
public final class RunCalls {
  private RunCalls() {}

  /**
   * A container wants to begin. The first task of an attempt is let in, and no other: so an attempt
   * is worked on once, even where ECS has started it twice.
   */
  public static StartDecision start(
      Scan scan, ProviderId provider, int number, String task, Instant now) {
    Optional<String> unwanted = unwanted(scan, provider, number);
    if (unwanted.isPresent()) {
      return new StartDecision.Leave(unwanted.get());
    }
    Attempt attempt = last(scan, provider);
    Instant deadline = attempt.spec().deadline();
    Optional<Handover.Start> first = attempt.course().handover().start();
    if (first.isPresent()) {
      return first.get().task().equals(task)
          ? new StartDecision.Repeat(deadline)
          : new StartDecision.Leave("another task of this attempt was let in before");
    }
    if (attempt.task().filter(known -> isAnother(task, known)).isPresent()) {
      return new StartDecision.Leave("this attempt has another task");
    }
    Scan noted = scan.noting(provider, number, it -> it.started(new Handover.Start(task, now)));
    boolean runs = scan.run(provider).status() == RunStatus.PROVISIONING;
    return new StartDecision.LetIn(
        runs ? noted.with(provider, run -> run.running(now), now) : noted, deadline);
  }

  /** A name that is no ARN says nothing of which task it is. */
  private static boolean isAnother(String task, TaskArn known) {
    return task.startsWith("arn:") && !task.equals(known.value());
  }

  /** Whether a container is to stop its work at once. */
  public static boolean cancels(Scan scan, ProviderId provider, int number) {
    return unwanted(scan, provider, number).isPresent();
  }

  /** A container has sent a report that can be read. */
  public static ReportDecision report(
      Scan scan, ProviderId provider, int number, StoredReport report, Instant now) {
    Run run = scan.run(provider);
    Optional<StoredReport> stands = run.report();
    boolean itsOwn = stands.isPresent() && isLast(run, number);
    if (itsOwn && stands.get().received().equals(report.received())) {
      return new ReportDecision.Repeat();
    }
    Optional<String> unwanted = unwanted(scan, provider, number);
    if (unwanted.isPresent()) {
      return late(scan, provider, number, report, unwanted.get());
    }
    if (itsOwn) {
      return new ReportDecision.Taken("this attempt has another report, which stands");
    }
    return new ReportDecision.Take(
        concluded(scan.with(provider, it -> it.reported(report), now), provider, number, now));
  }

  private static ReportDecision.Late late(
      Scan scan, ProviderId provider, int number, StoredReport report, String why) {
    ErrorCode code =
        scan.run(provider).error().map(ScanError::code).orElse(ErrorCode.REPORT_INVALID);
    return new ReportDecision.Late(
        why,
        ErrorEvent.warn(
            code,
            Stage.REPORT,
            Subject.of(scan.key()).run(provider, number),
            "a report came too late (%s), and is put aside as %s".formatted(why, report.sha256())));
  }

  /** A report could not be taken; a better one may follow. Nothing where nobody waits for it. */
  public static Optional<Scan> refused(Scan scan, ProviderId provider, int number, ScanError why) {
    return unwanted(scan, provider, number).isPresent() || scan.run(provider).report().isPresent()
        ? Optional.empty()
        : Optional.of(scan.noting(provider, number, it -> it.refused(why)));
  }

  /**
   * A container has said its last word. Nothing where that changes nothing: it has said it before,
   * or nobody waits for it any more.
   */
  public static Optional<Scan> complete(
      Scan scan, ProviderId provider, int number, Handover.Completion word, Instant now) {
    if (unwanted(scan, provider, number).isPresent()
        || last(scan, provider).course().handover().completion().isPresent()) {
      return Optional.empty();
    }
    Scan noted = scan.noting(provider, number, it -> it.completed(word));
    return Optional.of(concluded(noted, provider, number, now));
  }

  /** The end of the run, if its report and its last word are both here. */
  private static Scan concluded(Scan scan, ProviderId provider, int number, Instant now) {
    Run run = scan.run(provider);
    return switch (Results.ofCompleted(run, last(scan, provider))) {
      case Results.Result.Done() ->
          scan.with(provider, it -> it.ended(RunStatus.SUCCEEDED, Optional.empty(), now), now);
      case Results.Result.Failed(ScanError error) ->
          scan.noting(provider, number, it -> it.failed(error.code()))
              .with(provider, it -> it.ended(RunStatus.FAILED, Optional.of(error), now), now);
      case Results.Result.Awaited() -> scan;
    };
  }

  /** Why nobody waits for an attempt, if so. */
  private static Optional<String> unwanted(Scan scan, ProviderId provider, int number) {
    Run run = scan.run(provider);
    if (run.status().ended()) {
      return Optional.of("the run has ended: " + run.status());
    }
    if (!isLast(run, number)) {
      return Optional.of("the run has another attempt by now");
    }
    boolean stopping = last(scan, provider).course().stop().isPresent();
    return stopping || run.status() == RunStatus.PENDING
        ? Optional.of("the attempt was given up")
        : Optional.empty();
  }

  /** A scan that was rebuilt may lack the first attempts, so their count says nothing. */
  private static boolean isLast(Run run, int number) {
    return run.lastAttempt().filter(attempt -> attempt.number() == number).isPresent();
  }

  private static Attempt last(Scan scan, ProviderId provider) {
    return scan.run(provider).attempts().getLast();
  }
}
