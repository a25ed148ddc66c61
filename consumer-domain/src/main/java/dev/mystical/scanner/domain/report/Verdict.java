package dev.mystical.scanner.domain.report;

import java.util.Collection;
import java.util.Optional;

/** Findings held against {@link FailOn}; says nothing of whether the work itself succeeded. */
public enum Verdict {
  PASS,
  FAIL,
  UNKNOWN;

  /**
   * That of a run. A finding is one however little else was looked at; that there is none counts
   * only where everything was.
   *
   * @param report empty where the run has none
   */
  public static Verdict ofRun(Optional<ReportSummary> report, FailOn failOn) {
    if (report.isEmpty()) {
      return UNKNOWN;
    }
    if (report.get().counts().fail(failOn)) {
      return FAIL;
    }
    return report.get().coverage() == Coverage.FULL ? PASS : UNKNOWN;
  }

  /**
   * That of a scan: FAIL if any run's is; PASS if every required run's is and there is at least
   * one, since nothing vouches for a scan whose runs are all optional; else UNKNOWN.
   */
  public static Verdict ofScan(Collection<RunVerdict> runs) {
    if (runs.stream().anyMatch(run -> run.verdict() == FAIL)) {
      return FAIL;
    }
    boolean anyRequired = runs.stream().anyMatch(RunVerdict::required);
    boolean allPass =
        runs.stream().filter(RunVerdict::required).allMatch(run -> run.verdict() == PASS);
    return anyRequired && allPass ? PASS : UNKNOWN;
  }
}
