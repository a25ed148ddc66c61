package dev.mystical.scanner.wire.report;

import dev.mystical.scanner.domain.report.FindingCounts;
import java.util.List;

/**
 * What was found: how much, and the worst of it.
 *
 * @param counts of all findings
 * @param worst first the worst; of equal ones those first whose file, line and rule come first
 */
public record Findings(FindingCounts counts, List<Finding> worst) {
  public Findings {
    worst = List.copyOf(worst);
  }

  /** How many are not among the worst. */
  public int further() {
    return counts.total() - worst.size();
  }
}
