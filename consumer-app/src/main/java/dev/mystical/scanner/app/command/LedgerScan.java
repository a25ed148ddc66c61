package dev.mystical.scanner.app.command;

import dev.mystical.scanner.app.client.Nudges;
import dev.mystical.scanner.app.client.ScanState;
import dev.mystical.scanner.app.client.WatchedScan;
import dev.mystical.scanner.domain.collect.ReportKey;
import dev.mystical.scanner.domain.collect.ReportStore;
import dev.mystical.scanner.domain.collect.ReportsUnavailable;
import dev.mystical.scanner.domain.ledger.Found.Absent;
import dev.mystical.scanner.domain.ledger.Found.Refused;
import dev.mystical.scanner.domain.ledger.Found.Versioned;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.live.EntryLog;
import dev.mystical.scanner.domain.live.StateChange;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.wire.ScanView;
import dev.mystical.scanner.wire.report.FindingsReader;
import dev.mystical.scanner.wire.report.Packing;
import dev.mystical.scanner.wire.report.ReportSource;
import dev.mystical.scanner.wire.report.SpooledReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A scan that is followed in the ledger itself. */
final class LedgerScan implements WatchedScan {
  private final ScanKey key;
  private final Parts parts;
  private Optional<Scan> last = Optional.empty();

  /**
   * Where it is looked for.
   *
   * @param reports where its reports are, if anybody knows
   * @param folder for reports while they are read
   */
  record Parts(
      ScanLedger ledger,
      ScanNews news,
      EntryLog<StateChange> events,
      Optional<ReportStore> reports,
      Path folder) {}

  LedgerScan(ScanKey key, Parts parts) {
    this.key = key;
    this.parts = parts;
  }

  @Override
  public Look look() throws InterruptedException {
    try {
      return switch (parts.ledger().load(key).entry()) {
        case Absent absent -> new Look.Absent();
        case Versioned(Scan scan, long version) -> {
          last = Optional.of(scan);
          yield seen(parts.news().json(scan));
        }
        case Refused(var scan) -> seen(ScanView.json(scan));
      };
    } catch (LedgerUnavailable e) {
      return new Look.Unanswered("Redis cannot be used: " + e.getMessage());
    }
  }

  private static Look seen(String document) {
    return new Look.Seen(
        ScanState.parse(document)
            .orElseThrow(() -> new IllegalStateException("a view of a scan that is none")));
  }

  @Override
  public Found findings(int most) throws InterruptedException {
    List<SpooledReport> spooled = new ArrayList<>();
    try {
      spool(spooled);
      return spooled.isEmpty()
          ? new Found.NoReport()
          : new Found.Listed(
              FindingsReader.read(List.<ReportSource>copyOf(spooled), most, FindingsReader.MERGED));
    } catch (ReportsUnavailable e) {
      return new Found.Unreadable("the report cannot be had: " + e.getMessage());
    } catch (IOException e) {
      return new Found.Unreadable("the report cannot be read: " + e.getMessage());
    } finally {
      spooled.forEach(LedgerScan::close);
    }
  }

  private void spool(List<SpooledReport> spooled) throws IOException, InterruptedException {
    if (last.isEmpty() || parts.reports().isEmpty()) {
      return;
    }
    for (Run run : last.get().runs()) {
      if (run.report().isEmpty()) {
        continue;
      }
      ReportKey name = new ReportKey(key, run.provider(), run.report().get().sha256());
      Optional<InputStream> report = parts.reports().get().open(name);
      if (report.isPresent()) {
        try (InputStream in = report.get()) {
          spooled.add(SpooledReport.spool(in, Packing.GZIP, parts.folder(), FindingsReader.MERGED));
        }
      }
    }
  }

  private static void close(SpooledReport report) {
    try {
      report.close();
    } catch (IOException e) {
      // The system's temporary folder is emptied by others.
    }
  }

  @Override
  public Nudges nudges() {
    return new LogNudges(parts.events(), key);
  }
}
