package dev.mystical.scanner.domain.scan;

import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.domain.report.FailOn;
import dev.mystical.scanner.domain.report.ReportSummary;
import dev.mystical.scanner.domain.report.StoredReport;
import dev.mystical.scanner.domain.report.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One provider's share of a scan.
 *
 * @param blockedSince since when it waits for a person to mend the configuration
 * @param requeue that it is launched again, without a message; once set it stays
 * @param report the last attempt's
 */
public record Run(
    ProviderId provider,
    boolean required,
    RunStatus status,
    List<Attempt> attempts,
    Optional<Instant> blockedSince,
    Optional<Requeue> requeue,
    Optional<StoredReport> report,
    Optional<ScanError> error,
    Optional<Instant> endedAt) {
  public Run {
    attempts = List.copyOf(attempts);
  }

  public static Run pending(RequestedProvider requested) {
    return new Run(
        requested.id(),
        requested.required(),
        RunStatus.PENDING,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public Optional<Attempt> lastAttempt() {
    return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
  }

  /**
   * Nothing of it still hangs on the message: it is launched or ended, or was and is launched anew
   * by the supervisor.
   */
  public boolean settled() {
    return status.launched() || status.ended() || requeue.isPresent();
  }

  /** Whether its launch, the first or a later one, is still to be made. */
  public boolean waits() {
    return !status.launched() && !status.ended();
  }

  /** Whether somebody has to go on looking at it: it has not ended, or something of it may run. */
  public boolean watched() {
    return !status.ended() || attempts.stream().anyMatch(attempt -> !attempt.over());
  }

  /** The attempts that count against the budget. */
  public List<Attempt> series() {
    int first = requeue.map(Requeue::firstAttempt).orElse(1);
    return attempts.stream().filter(attempt -> attempt.number() >= first).toList();
  }

  /** Writes an attempt ahead of its RunTask; a later placement takes the earlier one's place. */
  public Run launching(Attempt attempt) {
    requireWaiting();
    List<Attempt> next = new ArrayList<>(attempts);
    Attempt written = attempt;
    if (!next.isEmpty() && next.getLast().number() == attempt.number()) {
      written = attempt.after(next.removeLast());
    }
    next.add(written);
    return at(RunStatus.LAUNCHING, next);
  }

  public Run launched(TaskArn task, Instant now) {
    requireWaiting();
    return last(attempt -> attempt.launched(task, now)).unblocked().at(RunStatus.PROVISIONING);
  }

  public Run blocked(Instant since) {
    requireWaiting();
    return blocked(Optional.of(since));
  }

  /** ECS has accepted the configuration: the next refusal of it has the whole grace again. */
  public Run unblocked() {
    requireWaiting();
    return blocked(Optional.empty());
  }

  private Run blocked(Optional<Instant> since) {
    return new Run(provider, required, status, attempts, since, requeue, report, error, endedAt);
  }

  /** Its scanning container runs. */
  public Run running(Instant at) {
    requireLaunched();
    return last(attempt -> attempt.running(at)).at(RunStatus.RUNNING);
  }

  /** The task of its last attempt has ended, and its report is waited for. */
  public Run collecting(Instant now) {
    requireLaunched();
    return last(attempt -> attempt.awaited(now)).at(RunStatus.COLLECTING);
  }

  /** Its report is stored. */
  public Run reported(StoredReport stored) {
    if (status.ended() || report.isPresent()) {
      throw new IllegalStateException(provider + " takes no report");
    }
    return new Run(
        provider,
        required,
        status,
        attempts,
        blockedSince,
        requeue,
        Optional.of(stored),
        error,
        endedAt);
  }

  /** How much was looked at. One that did not succeed is known to lack something. */
  public Coverage coverage() {
    Coverage told =
        report.map(StoredReport::summary).map(ReportSummary::coverage).orElse(Coverage.NONE);
    return status == RunStatus.SUCCEEDED ? told : told.atMost(Coverage.PARTIAL);
  }

  /** Its findings, held against what the client does not accept. */
  public Verdict verdict(FailOn failOn) {
    return Verdict.ofRun(
        report.map(it -> new ReportSummary(it.summary().counts(), coverage())), failOn);
  }

  /** Its attempt failed for a reason that another attempt may not meet: it waits for the next. */
  public Run requeued(ErrorCode why, Instant now) {
    requireLaunched();
    Run next = last(attempt -> attempt.failed(why).left(StopReason.LEFT_OVER, now));
    int first = requeue.map(Requeue::firstAttempt).orElse(1);
    return next.waiting(new Requeue(now, first));
  }

  /** A person wants it launched once more. */
  Run retried(Instant now) {
    if (!status.ended() || status == RunStatus.SUCCEEDED) {
      throw new IllegalStateException(provider + " is " + status);
    }
    return waiting(new Requeue(now, lastAttempt().map(Attempt::number).orElse(0) + 1));
  }

  /** The end. Whatever of it may still run is left to be stopped. */
  public Run ended(RunStatus end, Optional<ScanError> why, Instant now) {
    if (status.ended() || !end.ended()) {
      throw new IllegalStateException(provider + ": from " + status + " to " + end);
    }
    StopReason reason = end == RunStatus.CANCELLED ? StopReason.CANCELLED : StopReason.LEFT_OVER;
    List<Attempt> left = attempts.stream().map(attempt -> attempt.left(reason, now)).toList();
    return new Run(
        provider, required, end, left, Optional.empty(), requeue, report, why, Optional.of(now));
  }

  /** Notes something about one attempt; its status stays as it is. */
  public Run noting(int number, UnaryOperator<Attempt> change) {
    return at(
        status,
        attempts.stream()
            .map(attempt -> attempt.number() == number ? change.apply(attempt) : attempt)
            .toList());
  }

  private Run last(UnaryOperator<Attempt> change) {
    return noting(attempts.getLast().number(), change);
  }

  private Run waiting(Requeue next) {
    return new Run(
        provider,
        required,
        RunStatus.PENDING,
        attempts,
        Optional.empty(),
        Optional.of(next),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private Run at(RunStatus next) {
    return at(next, attempts);
  }

  private Run at(RunStatus next, List<Attempt> known) {
    return new Run(provider, required, next, known, blockedSince, requeue, report, error, endedAt);
  }

  private void requireWaiting() {
    if (!waits()) {
      throw new IllegalStateException(provider + " is " + status);
    }
  }

  private void requireLaunched() {
    if (!status.launched()) {
      throw new IllegalStateException(provider + " is " + status);
    }
  }
}
