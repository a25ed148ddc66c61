package dev.mystical.scanner.app.command;

import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.app.client.Documents;
import dev.mystical.scanner.app.client.WatchedScan.Found;
import dev.mystical.scanner.app.client.WatchedScan.Look;
import dev.mystical.scanner.domain.collect.InMemoryReportStore;
import dev.mystical.scanner.domain.collect.ReportKey;
import dev.mystical.scanner.domain.collect.SampleResults;
import dev.mystical.scanner.domain.deliver.InMemoryOutbox;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.InMemoryScanLedger;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.domain.report.FindingCounts;
import dev.mystical.scanner.domain.report.StoredReport;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerScanTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final ScanKey KEY = SampleScans.newKey();

  @TempDir private Path folder;

  private final InstantSource clock = InstantSource.fixed(NOW);
  private final InMemoryScanLedger ledger = new InMemoryScanLedger(clock);
  private final InMemoryReportStore reports = new InMemoryReportStore(clock, Duration.ofDays(1));

  @AfterEach
  void nothingIsLeftBehind() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aScanIsSeenAsTheLedgerHasIt() throws InterruptedException {
    assertThat(scan().look()).isEqualTo(new Look.Absent());
    ledger.commit(Commit.of(SampleScans.queued(KEY, SampleScans.full(), NOW), NOW));
    assertThat(scan().look())
        .isInstanceOfSatisfying(
            Look.Seen.class, it -> assertThat(it.scan().status()).isEqualTo(ScanStatus.QUEUED));
    ledger.failNext(1);
    assertThat(scan().look())
        .isEqualTo(new Look.Unanswered("Redis cannot be used: refused by the test"));
  }

  @Test
  void aRefusedRequestIsAFailedScan() throws InterruptedException {
    ScanError error = new ScanError(ErrorCode.MESSAGE_INVALID, "/target: is missing", false);
    ledger.settle(
        new MessageId("m-1"),
        Optional.of(new RefusedScan(KEY, error, NOW)),
        ErrorEvent.error(ErrorCode.MESSAGE_INVALID, Stage.DECODE, Subject.of(KEY), "is missing"));
    assertThat(scan().look())
        .isInstanceOfSatisfying(
            Look.Seen.class,
            it -> {
              assertThat(it.scan().status()).isEqualTo(ScanStatus.FAILED);
              assertThat(it.scan().error()).contains("MESSAGE_INVALID: /target: is missing");
            });
  }

  @Test
  void findingsAreReadFromTheStore() throws IOException, InterruptedException {
    StoredReport stored =
        SampleResults.report("a", new FindingCounts(0, 1, 0, 0, 0), Coverage.FULL, NOW);
    Scan scan = SampleScans.queued(KEY, SampleScans.plain(SONAR), NOW);
    scan = SampleScans.launched(scan, SONAR, new TaskArn("arn:task/1"), NOW);
    Scan ended =
        scan.with(
            SONAR,
            run -> run.reported(stored).ended(RunStatus.SUCCEEDED, Optional.empty(), NOW),
            NOW);
    ledger.commit(Commit.of(ended, NOW));
    ReportKey name = new ReportKey(KEY, SONAR, stored.sha256());
    LedgerScan watched = scan();
    watched.look();

    assertThat(watched.findings(5)).isEqualTo(new Found.NoReport());
    reports.put(name, new ByteArrayInputStream(packed(Documents.report())));
    assertThat(watched.findings(5))
        .isInstanceOfSatisfying(
            Found.Listed.class,
            it ->
                assertThat(it.findings().worst())
                    .singleElement()
                    .satisfies(one -> assertThat(one.place()).isEqualTo("src/Orders.java:19")));

    reports.failNext(1);
    assertThat(watched.findings(5)).asString().contains("the report cannot be had: ");
    reports.breakAfter(name, 20);
    assertThat(watched.findings(5)).asString().contains("the report cannot be read: ");
  }

  private LedgerScan scan() {
    return new LedgerScan(
        KEY,
        new LedgerScan.Parts(
            ledger,
            new ScanNews(new InMemoryOutbox(ledger, clock), Optional.empty()),
            new ScriptedChanges(),
            Optional.of(reports),
            folder));
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(UTF_8));
    }
    return packed.toByteArray();
  }
}
