package dev.mystical.scanner.http.runs;

import dev.mystical.scanner.domain.intake.Problem;
import dev.mystical.scanner.domain.report.ReportSummary;
import dev.mystical.scanner.wire.report.Content;
import dev.mystical.scanner.wire.report.Packing;
import dev.mystical.scanner.wire.report.ReportFormat;
import dev.mystical.scanner.wire.report.ReportLimits;
import dev.mystical.scanner.wire.report.ReportOutcome;
import dev.mystical.scanner.wire.report.ReportReader;
import dev.mystical.scanner.wire.report.ReportTooLarge;
import dev.mystical.scanner.wire.report.SpooledReport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Takes in a report as it comes: through two files, and never whole in memory. */
final class ReportIntake {
  private final ReportReader reader;
  private final ReportLimits limits;
  private final Path scratch;

  ReportIntake(ReportReader reader, ReportLimits limits, Path scratch) {
    this.reader = reader;
    this.limits = limits;
    this.scratch = scratch;
  }

  /** What came of a report. */
  sealed interface Taken extends AutoCloseable {
    @Override
    default void close() throws IOException {}

    /** It can be read; what it says is in a file, packed with gzip, until this is closed. */
    record Read(ReportSummary summary, Content received, Content written, Path packed)
        implements Taken {
      InputStream open() throws IOException {
        return Files.newInputStream(packed);
      }

      @Override
      public void close() throws IOException {
        Files.deleteIfExists(packed);
      }
    }

    /** It cannot. */
    record Unreadable(List<Problem> problems) implements Taken {
      public Unreadable {
        problems = List.copyOf(problems);
      }
    }

    /** It goes beyond a limit. */
    record TooLarge(String why) implements Taken {}
  }

  /** Throws what the body throws. */
  Taken take(InputStream body, ReportFormat format, Packing packing) throws IOException {
    Path packed = Files.createTempFile(scratch, "packed-", ".tmp");
    boolean kept = false;
    try (SpooledReport spooled = SpooledReport.spool(body, packing, scratch, limits)) {
      Taken taken = read(spooled, format, packed);
      kept = taken instanceof Taken.Read;
      return taken;
    } catch (ReportTooLarge e) {
      return new Taken.TooLarge(String.valueOf(e.getMessage()));
    } finally {
      if (!kept) {
        Files.deleteIfExists(packed);
      }
    }
  }

  private Taken read(SpooledReport report, ReportFormat format, Path packed) throws IOException {
    ReportOutcome outcome;
    try (OutputStream out =
        new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(packed), 64 * 1024))) {
      outcome = reader.read(report, format, out);
    }
    return switch (outcome) {
      case ReportOutcome.Read(ReportSummary summary, Content received, Content written) ->
          new Taken.Read(summary, received, written, packed);
      case ReportOutcome.Unreadable(List<Problem> problems) -> new Taken.Unreadable(problems);
      case ReportOutcome.TooLarge(String why) -> new Taken.TooLarge(why);
    };
  }
}
