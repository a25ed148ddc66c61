package dev.mystical.scanner.http.runs;

import dev.mystical.scanner.domain.collect.ProgressBoard;
import dev.mystical.scanner.domain.collect.ReportStore;
import dev.mystical.scanner.domain.feed.ErrorFeed;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.wire.report.ReportLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the calls of runs work with.
 *
 * @param key makes tokens; without one there are none, and nobody is let in
 * @param tenants whose scans there may be
 */
public record RunParts(
    Optional<TokenKey> key,
    Set<Tenant> tenants,
    ScanLedger ledger,
    ReportStore reports,
    ProgressBoard progress,
    ErrorFeed feed,
    ReportTerms terms) {
  public RunParts {
    tenants = Set.copyOf(tenants);
  }

  /**
   * How reports are taken in.
   *
   * @param workFolders absolute paths at which scanners find what they scan
   * @param scratch a folder for reports while they are read
   * @param atOnce how many are read at the same time, each taking up disk and a processor
   */
  public record ReportTerms(
      ReportLimits limits, List<String> workFolders, Path scratch, int atOnce) {
    public ReportTerms {
      workFolders = List.copyOf(workFolders);
      if (atOnce < 1) {
        throw new IllegalArgumentException("reports at once: " + atOnce);
      }
    }
  }
}
