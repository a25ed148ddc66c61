package dev.mystical.scanner.domain.scan;

import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.domain.report.FindingCounts;
import dev.mystical.scanner.domain.report.RunVerdict;
import dev.mystical.scanner.domain.report.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One accepted request and all that became of it. Immutable; a terminal state is absorbing.
 *
 * @param digest of the request as parsed; tells a repeat from another request under the same id
 * @param traceparent the W3C trace that the request belongs to, if it named one
 * @param series how often a person has had it retried after it had ended
 */
public record Scan(
    ScanKey key,
    ScanRequest request,
    String digest,
    Optional<String> traceparent,
    ScanStatus status,
    List<Run> runs,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    Optional<ScanError> error,
    int series) {
  /**
   * The digest of a scan that was rebuilt from tasks that did not carry its whole request. A
   * message of the same scan completes it.
   */
  public static final String UNKNOWN_DIGEST = "";

  public Scan {
    runs = List.copyOf(runs);
  }

  public static Scan queued(
      ScanKey key,
      ScanRequest request,
      String digest,
      Optional<String> traceparent,
      Instant createdAt) {
    return new Scan(
        key,
        request,
        digest,
        traceparent,
        ScanStatus.QUEUED,
        request.providers().stream().map(Run::pending).toList(),
        createdAt,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0);
  }

  /** A scan that is rebuilt, and was retried so often before. */
  public Scan inSeries(int number) {
    return new Scan(
        key,
        request,
        digest,
        traceparent,
        status,
        runs,
        createdAt,
        startedAt,
        endedAt,
        error,
        number);
  }

  public Run run(ProviderId provider) {
    return runs.stream()
        .filter(run -> run.provider().equals(provider))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(key + " has no run of " + provider));
  }

  public RequestedProvider requested(ProviderId provider) {
    return request.providers().stream()
        .filter(requested -> requested.id().equals(provider))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(key + " does not ask for " + provider));
  }

  public RunId runId(ProviderId provider) {
    return new RunId(key.id(), provider);
  }

  /** How much of what was to be looked at was looked at, by all runs together. */
  public Coverage coverage() {
    return Coverage.of(runs.stream().map(Run::coverage).toList());
  }

  /** The findings of all runs, held against what the client does not accept. */
  public Verdict verdict() {
    return Verdict.ofScan(
        runs.stream()
            .map(run -> new RunVerdict(run.required(), run.verdict(request.failOn())))
            .toList());
  }

  /** The findings of all runs that have a report; empty where none has. */
  public Optional<FindingCounts> findings() {
    return runs.stream()
        .flatMap(run -> run.report().stream())
        .map(report -> report.summary().counts())
        .reduce(FindingCounts::plus);
  }

  /** Whether every run is launched or ended, so that the message may go. */
  public boolean settled() {
    return status.ended() || runs.stream().allMatch(Run::settled);
  }

  /**
   * This scan with one run moved on, and with the states that follow from it: RUNNING once a run
   * has begun, and the end once all runs have ended.
   */
  public Scan with(ProviderId provider, UnaryOperator<Run> change, Instant now) {
    if (status.ended()) {
      throw new IllegalStateException(key + " is " + status);
    }
    return following(changed(provider, change), now);
  }

  /**
   * Notes something about one attempt of one run, whether the scan has ended or not: no status
   * changes by it.
   */
  public Scan noting(ProviderId provider, int attempt, UnaryOperator<Attempt> change) {
    return new Scan(
        key,
        request,
        digest,
        traceparent,
        status,
        changed(provider, run -> run.noting(attempt, change)),
        createdAt,
        startedAt,
        endedAt,
        error,
        series);
  }

  /**
   * This scan with the knowledge that ECS started a task for an attempt, unless it knows already or
   * has another placement of it by now. Where the attempt is no longer waited for, the task has to
   * stop.
   */
  public Scan told(ProviderId provider, Attempt launched, TaskArn task, Instant now) {
    Run run = run(provider);
    Optional<Attempt> known =
        run.attempts().stream()
            .filter(it -> it.number() == launched.number())
            .filter(it -> it.placement() == launched.placement() && it.task().isEmpty())
            .findFirst();
    if (known.isEmpty()) {
      return this;
    }
    return run.waits() && known.equals(run.lastAttempt())
        ? with(provider, it -> it.launched(task, now), now)
        : noting(provider, launched.number(), it -> it.found(task, now));
  }

  /**
   * A person wants it to end: every run that has not ended is CANCELLED, its tasks to be stopped.
   */
  public Scan cancelled(Instant now) {
    if (status.ended()) {
      throw new IllegalStateException(key + " is " + status);
    }
    List<Run> next =
        runs.stream()
            .map(run ->
                run.status().ended() ? run : run.ended(RunStatus.CANCELLED, Optional.empty(), now))
            .toList();
    return following(next, now);
  }

  /**
   * A person wants the runs of an ended scan that did not succeed to be launched anew. This alone
   * leads out of an end: it begins another series, whose end is told as one of its own.
   */
  public Scan retried(Instant now) {
    if (!status.ended() || status == ScanStatus.SUCCEEDED) {
      throw new IllegalStateException(key + " is " + status);
    }
    return new Scan(
        key,
        request,
        digest,
        traceparent,
        ScanStatus.RUNNING,
        runs.stream()
            .map(run -> run.status() == RunStatus.SUCCEEDED ? run : run.retried(now))
            .toList(),
        createdAt,
        startedAt,
        Optional.empty(),
        Optional.empty(),
        series + 1);
  }

  /**
   * A scan that was rebuilt from some of its tasks, now that its whole request is known. Runs that
   * nobody knew of begin; where the scan had ended without them, it goes on as after a retry.
   */
  public Scan completed(ScanRequest whole, String itsDigest) {
    if (!digest.equals(UNKNOWN_DIGEST)) {
      throw new IllegalStateException(key + " is known whole");
    }
    List<Run> next = whole.providers().stream().map(this::known).toList();
    boolean reopened = status.ended() && !next.stream().allMatch(run -> run.status().ended());
    return new Scan(
        key,
        whole,
        itsDigest,
        traceparent,
        reopened ? ScanStatus.RUNNING : status,
        next,
        createdAt,
        startedAt,
        reopened ? Optional.empty() : endedAt,
        reopened ? Optional.empty() : error,
        reopened ? series + 1 : series);
  }

  private Run known(RequestedProvider requested) {
    return runs.stream()
        .filter(run -> run.provider().equals(requested.id()))
        .findFirst()
        .map(run ->
            new Run(
                run.provider(),
                requested.required(),
                run.status(),
                run.attempts(),
                run.blockedSince(),
                run.requeue(),
                run.report(),
                run.error(),
                run.endedAt()))
        .orElseGet(() -> Run.pending(requested));
  }

  private List<Run> changed(ProviderId provider, UnaryOperator<Run> change) {
    return runs.stream()
        .map(run -> run.provider().equals(provider) ? change.apply(run) : run)
        .toList();
  }

  private Scan following(List<Run> next, Instant now) {
    if (next.stream().allMatch(run -> run.status().ended())) {
      return new Scan(
          key,
          request,
          digest,
          traceparent,
          ScanEnd.status(next),
          next,
          createdAt,
          startedAt.or(() -> Optional.of(now)),
          Optional.of(now),
          ScanEnd.error(next),
          series);
    }
    boolean begun = next.stream().anyMatch(run -> run.status() != RunStatus.PENDING);
    return new Scan(
        key,
        request,
        digest,
        traceparent,
        begun ? ScanStatus.RUNNING : status,
        next,
        createdAt,
        begun ? startedAt.or(() -> Optional.of(now)) : startedAt,
        endedAt,
        error,
        series);
  }
}
