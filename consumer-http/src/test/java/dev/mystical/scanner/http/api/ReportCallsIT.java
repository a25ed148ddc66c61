package dev.mystical.scanner.http.api;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.domain.collect.ReportKey;
import dev.mystical.scanner.domain.collect.SampleResults;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.domain.report.StoredReport;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ReportCallsIT extends ApiAnswers {
  private static final ScanKey KEY = new ScanKey(ApiStand.ACME, new ScanId("s-1"));
  private static final String REPORT = "/v1/scans/s-1/report";
  private static final String GZIP = "gzip, deflate;q=0.5";

  ReportCallsIT() {
    super("getReport");
  }

  private static String sarif(String tool) {
    return """
    {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"%s"}},"results":[]}]}\
    """
        .formatted(tool);
  }

  private Scan queued() throws InterruptedException {
    return stand.note(SampleScans.queued(KEY, SampleScans.plain(SONAR, MYSTICAL), stand.now()));
  }

  /** The scan with a run that has succeeded, and its report in the store. */
  private Scan reported(Scan scan, ProviderId provider) throws IOException, InterruptedException {
    ReportKey key = stand.store(KEY, provider, sarif(provider.value()));
    StoredReport sample = SampleResults.report("any", Coverage.FULL, stand.now());
    StoredReport report =
        new StoredReport(key.sha256(), key.sha256(), 100, "sarif", sample.summary(), stand.now());
    Scan launched =
        SampleScans.launched(scan, provider, new TaskArn("arn:task/" + provider), stand.now());
    stand.note(launched);
    return stand.note(
        launched.with(
            provider,
            run -> run.reported(report).ended(RunStatus.SUCCEEDED, Optional.empty(), stand.now()),
            stand.now()));
  }

  @Test
  void aRunsReportIsAsItIsStored() throws IOException, InterruptedException {
    reported(queued(), SONAR);

    Reply plain = client.get(ACME, REPORT + "?provider=sonar");
    Reply packed = client.get(ACME, REPORT + "?provider=sonar", "Accept-Encoding", GZIP);

    assertThat(plain.text()).isEqualTo(sarif("sonar"));
    assertThat(plain.header("Content-Encoding")).isEmpty();
    assertThat(packed.header("Content-Encoding")).contains("gzip");
    assertThat(new String(packed.unpacked(), UTF_8)).isEqualTo(sarif("sonar"));
    assertThat(plain.header("ETag"))
        .contains("\"" + Digests.sha256(sarif("sonar").getBytes(UTF_8)) + "\"");
    assertThat(packed.header("ETag")).isNotEqualTo(plain.header("ETag"));
    assertThat(plain.header("Cache-Control")).contains("private, no-cache");
  }

  @Test
  void aScansReportHasTheRunsOfAll() throws IOException, InterruptedException {
    Scan half = reported(queued(), SONAR);
    String early = client.get(ACME, REPORT).header("ETag").orElseThrow();
    reported(half, MYSTICAL);

    Reply packed = client.get(ACME, REPORT, "Accept-Encoding", "*");
    Reply plain = client.get(ACME, REPORT, "Accept-Encoding", "gzip;q=0, br");

    JsonNode runs = plain.json().path("runs");
    assertThat(runs).hasSize(2);
    assertThat(runs.at("/1/tool/driver/name").textValue()).isEqualTo("mystical");
    assertThat(packed.unpacked()).isEqualTo(plain.bytes());
    assertThat(plain.header("ETag")).isNotEqualTo(Optional.of(early));
    assertThat(client.call("HEAD", ACME, REPORT, "").status()).isEqualTo(200);
  }

  @Test
  void whatTheClientHasIsNotSentAgain() throws IOException, InterruptedException {
    reported(queued(), SONAR);
    for (String coding : new String[] {"identity", "gzip"}) {
      String tag = client.get(ACME, REPORT, "Accept-Encoding", coding).header("ETag").orElseThrow();
      for (String sent : new String[] {tag, "\"x\", W/" + tag, "*"}) {
        Reply reply = client.get(ACME, REPORT, "Accept-Encoding", coding, "If-None-Match", sent);
        assertThat(reply.status()).as(sent).isEqualTo(304);
        assertThat(reply.header("ETag")).contains(tag);
      }
      assertThat(
              client
                  .get(ACME, REPORT, "Accept-Encoding", coding, "If-None-Match", "\"x\"")
                  .status())
          .isEqualTo(200);
    }
  }

  @Test
  void whatIsNotThereIsSaidWhy() throws IOException, InterruptedException {
    assertThat(detail(REPORT)).isEqualTo("there is no such scan");
    Scan scan = queued();
    assertThat(detail(REPORT)).isEqualTo("there is no report yet");
    scan = reported(scan, SONAR);
    assertThat(detail(REPORT + "?provider=mystical")).isEqualTo("there is no report yet");
    assertThat(detail(REPORT + "?provider=pmd")).isEqualTo("the scan has no run of that provider");
    stand.note(SampleScans.failed(scan, MYSTICAL, ErrorCode.TASK_FAILED, stand.now()));
    assertThat(detail(REPORT + "?provider=mystical")).isEqualTo("there is no report");
    stand.reports.keys().forEach(stand.reports::lose);
    assertThat(detail(REPORT)).isEqualTo("the report of sonar is not kept any more");
  }

  @Test
  void aRefusedScanHasNone() throws IOException, InterruptedException {
    stand.ledger.settle(
        new MessageId("m-9"),
        Optional.of(
            new RefusedScan(
                KEY, new ScanError(ErrorCode.MESSAGE_INVALID, "no", false), stand.now())),
        ErrorEvent.error(ErrorCode.MESSAGE_INVALID, Stage.DECODE, Subject.of(KEY), "no"));

    assertThat(detail(REPORT)).contains("refused");
  }

  private String detail(String path) throws IOException, InterruptedException {
    Reply reply = client.get(ACME, path);
    assertThat(reply.status()).isEqualTo(404);
    return reply.json().path("detail").textValue();
  }

  @Test
  void whileTheStoreIsAwayTheCallMayBeRepeated() throws IOException, InterruptedException {
    reported(queued(), SONAR);
    stand.reports.failNext(1);
    assertThat(client.get(ACME, REPORT).status()).isEqualTo(503);
    assertThat(client.get(ACME, REPORT + "?provider=No%20Provider").status()).isEqualTo(400);
  }

  @Test
  void halfAReportIsNeverTakenForAWholeOne() throws IOException, InterruptedException {
    reported(queued(), SONAR);
    stand.reports.keys().forEach(key -> stand.reports.breakAfter(key, 20));

    assertThatThrownBy(() -> client.get(ACME, REPORT, "Accept-Encoding", "gzip"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aDamagedReportIsNeverTakenForAGoodOne() throws IOException, InterruptedException {
    Scan half = reported(queued(), SONAR);
    for (byte[] damage : List.of(packed(sarif("tampered")), "no gzip".getBytes(UTF_8))) {
      stand.reports.keys().forEach(stand.reports::lose);
      stand.reports.put(key(half), new ByteArrayInputStream(damage));

      assertBroken(REPORT, "gzip");
      assertBroken(REPORT, "identity");
    }
    reported(half, MYSTICAL);
    assertBroken(REPORT, "gzip");
    assertBroken(REPORT, "identity");

    assertThat(stand.feed.entries())
        .hasSize(6)
        .allSatisfy(error -> {
          assertThat(error.event().code()).isEqualTo(ErrorCode.INTERNAL);
          assertThat(error.event().subject()).isEqualTo(Subject.of(KEY));
          assertThat(error.event().message()).contains("sonar is damaged");
        });
    assertThat(client.get(ACME, REPORT + "?provider=mystical").text()).isEqualTo(sarif("mystical"));
  }

  private static ReportKey key(Scan scan) {
    return new ReportKey(KEY, SONAR, scan.run(SONAR).report().orElseThrow().sha256());
  }

  private static byte[] packed(String document) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(document.getBytes(UTF_8));
    }
    return packed.toByteArray();
  }

  private void assertBroken(String path, String coding) {
    assertThatThrownBy(() -> client.get(ACME, path, "Accept-Encoding", coding))
        .as("%s as %s", path, coding)
        .isInstanceOf(IOException.class);
  }

  @Test
  void toLookAtAReportKeepsItNoLonger() throws IOException, InterruptedException {
    reported(queued(), SONAR);
    stand.clock.advance(Duration.ofDays(6));
    assertThat(client.get(ACME, REPORT).status()).isEqualTo(200);

    stand.clock.advance(Duration.ofDays(2));

    assertThat(detail(REPORT)).isEqualTo("the report of sonar is not kept any more");
  }

  @Test
  void aRetryKeepsTheReportsThatStay() throws IOException, InterruptedException {
    Scan half = reported(queued(), SONAR);
    stand.note(SampleScans.failed(half, MYSTICAL, ErrorCode.TASK_FAILED, stand.now()));
    stand.clock.advance(Duration.ofDays(6));
    stand.reports.failNext(1);
    assertThat(client.post(ACME, "/v1/scans/s-1/retry").status()).isEqualTo(503);
    assertThat(stand.stored(KEY).series()).as("nothing was changed").isZero();

    assertThat(client.post(ACME, "/v1/scans/s-1/retry").status()).isEqualTo(202);

    stand.clock.advance(Duration.ofDays(6));
    assertThat(client.get(ACME, REPORT).status()).isEqualTo(200);
    Attempt kept = stand.stored(KEY).run(SONAR).lastAttempt().orElseThrow();
    assertThat(kept.number()).isEqualTo(1);
  }
}
