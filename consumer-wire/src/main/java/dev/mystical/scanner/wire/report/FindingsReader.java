package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.core.JsonParser;
import dev.mystical.scanner.domain.intake.Problem;
import dev.mystical.scanner.domain.report.FindingCounts;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the worst findings of reports. A report is gone through twice, as by {@link ReportReader},
 * and judged by the same rules; no more than one item and the findings that are kept are in memory.
 */
public final class FindingsReader {
  /** What a scan's report, which may be that of ten runs, is read with. */
  public static final ReportLimits MERGED =
      new ReportLimits(256L << 20, 2_048L << 20, 100, 250_000, 1_000_000);

  private FindingsReader() {}

  /**
   * Reads reports in SARIF, as one. Throws what a source throws, and {@link IOException} where a
   * report cannot be read or goes beyond a limit.
   *
   * @param most how many findings are kept
   */
  public static Findings read(List<ReportSource> reports, int most, ReportLimits limits)
      throws IOException {
    FindingCounts counts = FindingCounts.NONE;
    List<Finding> worst = new ArrayList<>();
    for (ReportSource report : reports) {
      FindingsCollector found = walk(report, facts(report, limits), most, limits);
      counts = counts.plus(found.counts());
      worst.addAll(found.worst());
      worst.sort(FindingsCollector.WORST_FIRST);
      worst.subList(Math.min(most, worst.size()), worst.size()).clear();
    }
    return new Findings(counts, worst);
  }

  private static List<RunFacts> facts(ReportSource report, ReportLimits limits) throws IOException {
    FactsCollector facts = new FactsCollector(List.of(), limits);
    try (InputStream in = report.open();
        JsonParser parser = JsonStreams.parser(in)) {
      Flaws flaws = new Flaws();
      Cleaner cleaner = new Cleaner(parser, SarifWalk.RULES, flaws);
      new SarifWalk(parser, cleaner, flaws, facts, limits).document();
      require(flaws);
    }
    return facts.runs();
  }

  private static FindingsCollector walk(
      ReportSource report, List<RunFacts> facts, int most, ReportLimits limits) throws IOException {
    try (InputStream in = report.open();
        JsonParser parser = JsonStreams.parser(in)) {
      Flaws flaws = new Flaws();
      Cleaner cleaner = new Cleaner(parser, SarifWalk.RULES, flaws);
      FindingsCollector findings = new FindingsCollector(facts, cleaner, most);
      new SarifWalk(parser, cleaner, flaws, findings, limits).document();
      require(flaws);
      return findings;
    }
  }

  private static void require(Flaws flaws) throws IOException {
    if (!flaws.none()) {
      Problem first = flaws.all().getFirst();
      throw new IOException((first.pointer() + " " + first.detail()).strip());
    }
  }
}
