package dev.mystical.scanner.app.metrics;

import dev.mystical.scanner.domain.ledger.ScanEvent;
import dev.mystical.scanner.domain.report.Verdict;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Requeue;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.http.MetricsView;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What became of scans and runs, and how long it took, read off the changes that this process has
 * committed. Each change is one replica's commit, so all replicas' numbers add up. All times are
 * the ledger's. Safe for use by many threads.
 */
public final class ScanMeters implements MetricsView {
  /** A provider that a scan in the ledger still has and the settings have not any more. */
  private static final String OTHER = "other";

  /** Where no failure came before, but a person's wish. */
  private static final String NONE = "none";

  private final CounterFamily begun =
      new CounterFamily("scanner_scans_begun_total", "Scans written to the ledger");
  private final CounterFamily ended =
      new CounterFamily("scanner_scans_ended_total", "Scans that ended, by status", "status");
  private final CounterFamily verdicts =
      new CounterFamily("scanner_scan_verdicts_total", "Scans that ended, by verdict", "verdict");
  private final CounterFamily refused =
      new CounterFamily(
          "scanner_messages_refused_total",
          "Messages that became no scan, or were given up by the queue, by error code",
          "code");
  private final CounterFamily launched =
      new CounterFamily("scanner_runs_launched_total", "Tasks launched for runs", "provider");
  private final CounterFamily relaunched =
      new CounterFamily(
          "scanner_runs_relaunched_total",
          "Tasks launched for runs that had one before, by why that one failed",
          "provider",
          "code");
  private final CounterFamily runsEnded =
      new CounterFamily(
          "scanner_runs_ended_total", "Runs that ended, by status", "provider", "status");
  private final CounterFamily failures =
      new CounterFamily(
          "scanner_run_failures_total", "Runs that ended with an error", "provider", "code");
  private final HistogramFamily queueWait =
      new HistogramFamily(
          "scanner_queue_wait_seconds",
          "From the sending of a message to its scan's first entry in the ledger",
          HistogramFamily.WAITS);
  private final HistogramFamily launchWait =
      new HistogramFamily(
          "scanner_launch_wait_seconds",
          "From the beginning of a scan, or of the wait for another attempt, to the launch",
          HistogramFamily.WAITS,
          "provider");
  private final HistogramFamily startWait =
      new HistogramFamily(
          "scanner_start_wait_seconds",
          "From a task's launch to its scanning container's start",
          HistogramFamily.WAITS,
          "provider");
  private final HistogramFamily runTime =
      new HistogramFamily(
          "scanner_run_seconds",
          "From the scanning container's start to the end of its run",
          HistogramFamily.WAITS,
          "provider");
  private final HistogramFamily scanTime =
      new HistogramFamily(
          "scanner_scan_seconds", "From a request to the end of its scan", HistogramFamily.WAITS);

  private final Set<ProviderId> providers;

  /**
   * @param providers those that may be named; all others count as one
   */
  public ScanMeters(Collection<ProviderId> providers) {
    this.providers = Set.copyOf(providers);
    begun.show();
    Stream.of(ScanStatus.values())
        .filter(ScanStatus::ended)
        .forEach(status -> ended.show(status.name()));
    Stream.of(Verdict.values()).forEach(verdict -> verdicts.show(verdict.name()));
    for (ProviderId provider : this.providers) {
      launched.show(provider.value());
      Stream.of(RunStatus.values())
          .filter(RunStatus::ended)
          .forEach(status -> runsEnded.show(provider.value(), status.name()));
    }
  }

  /** Counts a change that has been committed. */
  void committed(ScanEvent change) {
    Scan scan = change.scan();
    switch (change.type()) {
      case SCAN_QUEUED -> {
        begun.add();
        queueWait.observe(Duration.between(scan.createdAt(), change.time()));
      }
      case SCAN_RUNNING -> {}
      case SCAN_ENDED -> ended(scan, change.time());
      case RUN_LAUNCHED -> change.run().map(scan::run).ifPresent(run -> launched(scan, run));
      case RUN_RUNNING -> change.run().map(scan::run).ifPresent(this::running);
      case RUN_ENDED -> change.run().map(scan::run).ifPresent(run -> ended(run, change.time()));
    }
  }

  /** Counts a message that was settled without a scan of its own. */
  void refused(ErrorCode why) {
    refused.add(why.name());
  }

  private void ended(Scan scan, Instant at) {
    ended.add(scan.status().name());
    verdicts.add(scan.verdict().name());
    scanTime.observe(Duration.between(scan.createdAt(), at));
  }

  private void launched(Scan scan, Run run) {
    launched.add(label(run));
    List<Attempt> attempts = run.attempts();
    if (attempts.size() > 1) {
      Attempt before = attempts.get(attempts.size() - 2);
      relaunched.add(label(run), before.course().failure().map(ErrorCode::name).orElse(NONE));
    }
    Instant waitedSince = run.requeue().map(Requeue::since).orElse(scan.createdAt());
    run.lastAttempt()
        .flatMap(Attempt::launchedAt)
        .ifPresent(at -> launchWait.observe(Duration.between(waitedSince, at), label(run)));
  }

  private void running(Run run) {
    run.lastAttempt()
        .filter(attempt -> attempt.launchedAt().isPresent())
        .flatMap(attempt -> attempt.course().runningAt())
        .ifPresent(at ->
            startWait.observe(
                Duration.between(run.lastAttempt().get().launchedAt().get(), at), label(run)));
  }

  private void ended(Run run, Instant at) {
    runsEnded.add(label(run), run.status().name());
    run.error().ifPresent(error -> failures.add(label(run), error.code().name()));
    run.lastAttempt()
        .flatMap(attempt -> attempt.course().runningAt())
        .ifPresent(since -> runTime.observe(Duration.between(since, at), label(run)));
  }

  private String label(Run run) {
    return providers.contains(run.provider()) ? run.provider().value() : OTHER;
  }

  @Override
  public List<Metric> metrics() {
    return Stream.concat(
            Stream.of(begun, ended, verdicts, refused, launched, relaunched, runsEnded, failures)
                .map(CounterFamily::metric),
            Stream.of(queueWait, launchWait, startWait, runTime, scanTime)
                .map(HistogramFamily::metric))
        .toList();
  }
}
