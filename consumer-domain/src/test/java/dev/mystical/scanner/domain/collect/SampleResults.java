package dev.mystical.scanner.domain.collect;

import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.domain.report.FindingCounts;
import dev.mystical.scanner.domain.report.ReportSummary;
import dev.mystical.scanner.domain.report.StoredReport;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Handover;
import dev.mystical.scanner.domain.scan.ScanError;
import java.time.Instant;
import java.util.Optional;

/** What containers hand in, for tests. */
public final class SampleResults {
  private SampleResults() {}

  /** A report with nothing found. */
  public static StoredReport report(String name, Coverage coverage, Instant now) {
    return report(name, new FindingCounts(0, 0, 0, 0, 0), coverage, now);
  }

  public static StoredReport report(
      String name, FindingCounts counts, Coverage coverage, Instant now) {
    String hash = "%064x".formatted(name.hashCode() & 0xffffffffL);
    return new StoredReport(hash, hash, 1_000, "sarif", new ReportSummary(counts, coverage), now);
  }

  /** The last word of a container whose work is done. */
  public static Handover.Completion done(Instant now) {
    return new Handover.Completion(
        Optional.of(0), Optional.of("tool"), Optional.of("1.0"), Optional.empty(), now);
  }

  /** The last word of one that could not do it. */
  public static Handover.Completion failed(Instant now) {
    return new Handover.Completion(
        Optional.of(1),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new ScanError(ErrorCode.SOURCE_UNAVAILABLE, "no such repository", true)),
        now);
  }
}
