package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.domain.report.FindingCounts;
import dev.mystical.scanner.domain.report.ReportSummary;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;

/**
 * Reads reports of unknown origin and writes them in our form: SARIF 2.1.0 that is valid by the
 * standard's own schema, in which every result tells its rule, level, severity and fingerprint and
 * every path starts at the root of what was scanned.
 *
 * <p>A document is gone through twice, since its members may stand in any order and a result means
 * little without the rules and invocations that may follow it. Never is more of it in memory than
 * one item, and what the first pass collects, both within limits. A report in our form comes out as
 * it went in, byte by byte.
 *
 * <p>Holds nothing between reports, so any number of threads may use one.
 */
public final class ReportReader {
  private final ReportLimits limits;
  private final List<String> workFolders;
  private final Path scratch;

  /**
   * @param workFolders absolute paths at which scanners find what they scan
   * @param scratch a folder for converted reports while they are read
   */
  public ReportReader(ReportLimits limits, List<String> workFolders, Path scratch) {
    this.limits = limits;
    this.workFolders = List.copyOf(workFolders);
    this.scratch = scratch;
  }

  /**
   * Reads a report and writes it. What is written is worth something only if the outcome is {@link
   * ReportOutcome.Read}. Throws what the source and the output throw when they fail by themselves.
   */
  public ReportOutcome read(ReportSource source, ReportFormat format, OutputStream out)
      throws IOException {
    Flaws flaws = new Flaws();
    try {
      return switch (format) {
        case SARIF -> sarif(source, flaws, out);
        case BEARER -> converted(source, new BearerFormat(), flaws, out);
        case SONAR -> converted(source, new SonarFormat(), flaws, out);
      };
    } catch (ReportTooLarge e) {
      return new ReportOutcome.TooLarge(e.why());
    } catch (ZipException | EOFException e) {
      flaws.whole("is not packed as it says");
      return new ReportOutcome.Unreadable(flaws.all());
    }
  }

  private ReportOutcome sarif(ReportSource source, Flaws flaws, OutputStream out)
      throws IOException {
    FactsCollector facts = new FactsCollector(workFolders, limits);
    Content received;
    try (MeasuredInput in = new MeasuredInput(source.open());
        JsonParser parser = JsonStreams.parser(in)) {
      Cleaner cleaner = new Cleaner(parser, SarifWalk.RULES, flaws);
      new SarifWalk(parser, cleaner, flaws, facts, limits).document();
      if (!flaws.none()) {
        return new ReportOutcome.Unreadable(flaws.all());
      }
      received = in.content();
    }
    MeasuredOutput measured = new MeasuredOutput(out);
    FindingCounts counts = write(source, facts.runs(), flaws, measured);
    if (!flaws.none()) {
      return new ReportOutcome.Unreadable(flaws.all());
    }
    Coverage coverage = Coverage.of(facts.runs().stream().map(RunFacts::coverage).toList());
    return new ReportOutcome.Read(
        new ReportSummary(counts, coverage), received, measured.content());
  }

  private ReportOutcome converted(
      ReportSource source, ForeignFormat format, Flaws flaws, OutputStream out) throws IOException {
    Path file = Files.createTempFile(scratch, "converted-", ".tmp");
    try {
      Content received = convert(source, format, flaws, file);
      if (!flaws.none()) {
        return new ReportOutcome.Unreadable(flaws.all());
      }
      ReportOutcome outcome =
          sarif(() -> new BufferedInputStream(Files.newInputStream(file), 64 * 1024), flaws, out);
      return outcome instanceof ReportOutcome.Read read
          ? new ReportOutcome.Read(read.summary(), received, read.written())
          : outcome;
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private Content convert(ReportSource source, ForeignFormat format, Flaws flaws, Path to)
      throws IOException {
    try (MeasuredInput in = new MeasuredInput(source.open());
        JsonParser parser = JsonStreams.parser(in);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(to), 64 * 1024);
        JsonGenerator generator = JsonStreams.generator(out)) {
      new Converter(parser, generator, format, flaws, limits).convert();
      return in.content();
    }
  }

  private FindingCounts write(
      ReportSource source, List<RunFacts> runs, Flaws flaws, OutputStream out) throws IOException {
    try (InputStream in = source.open();
        JsonParser parser = JsonStreams.parser(in);
        JsonGenerator generator = JsonStreams.generator(out)) {
      Cleaner cleaner = new Cleaner(parser, SarifWalk.RULES, flaws);
      Normaliser normaliser = new Normaliser(generator, cleaner, runs);
      normaliser.beginLog();
      new SarifWalk(parser, cleaner, flaws, normaliser, limits).document();
      if (flaws.none()) {
        normaliser.endLog();
      }
      return normaliser.counts();
    }
  }
}
