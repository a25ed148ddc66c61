package dev.mystical.scanner.wire.report;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A report in a file of its own, packed as it came, until it is closed. Only this user may read the
 * file: reports are secrets.
 */
public final class SpooledReport implements ReportSource, AutoCloseable {
  private final Path file;
  private final Packing packing;
  private final ReportLimits limits;

  private SpooledReport(Path file, Packing packing, ReportLimits limits) {
    this.file = file;
    this.packing = packing;
    this.limits = limits;
  }

  /**
   * Reads all that comes and keeps it in a new file of a folder. Throws {@link ReportTooLarge},
   * with nothing kept, as soon as more comes than may be sent; the stream is then not at its end.
   */
  public static SpooledReport spool(
      InputStream body, Packing packing, Path folder, ReportLimits limits) throws IOException {
    SpooledReport report =
        new SpooledReport(Files.createTempFile(folder, "report-", ".tmp"), packing, limits);
    try (OutputStream out = Files.newOutputStream(report.file)) {
      // A limited stream belongs to the caller's, which the caller closes.
      packing.sent(body, limits).transferTo(out);
      return report;
    } catch (IOException | RuntimeException e) {
      report.close();
      throw e;
    }
  }

  @Override
  public InputStream open() throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 64 * 1024);
    try {
      return packing.unpack(in, limits);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** Deletes the file. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
