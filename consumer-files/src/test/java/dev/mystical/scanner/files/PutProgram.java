package dev.mystical.scanner.files;

import dev.mystical.scanner.domain.collect.ReportKey;
import dev.mystical.scanner.domain.collect.ReportsUnavailable;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** Puts a small report and then one of so many bytes, and ends with 7 if the disk takes no more. */
final class PutProgram {
  static final ScanKey SCAN = new ScanKey(Tenant.DEFAULT, new ScanId("scan-1"));
  static final ReportKey SMALL = new ReportKey(SCAN, new ProviderId("small"), "a".repeat(64));
  static final ReportKey BIG = new ReportKey(SCAN, new ProviderId("big"), "b".repeat(64));
  static final int REFUSED = 7;

  private PutProgram() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (FolderReportStore store =
        new FolderReportStore(Path.of(arguments[0]), Duration.ofDays(8), InstantSource.system())) {
      store.put(SMALL, new ByteArrayInputStream(new byte[1_000]));
      store.put(BIG, new ByteArrayInputStream(new byte[Integer.parseInt(arguments[1])]));
    } catch (ReportsUnavailable full) {
      System.exit(REFUSED);
    }
  }
}
