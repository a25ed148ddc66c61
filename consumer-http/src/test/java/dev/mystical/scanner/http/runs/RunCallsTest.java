package dev.mystical.scanner.http.runs;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.collect.ReportKey;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.report.StoredReport;
import dev.mystical.scanner.domain.report.Verdict;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.http.Answer;
import dev.mystical.scanner.wire.report.ReportLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCallsTest {
  private static final String CLEAN =
      """
      {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "t"}},
       "invocations": [{"executionSuccessful": true}], "results": []}]}
      """;
  private static final String FOUND =
      """
      {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "t"}},
       "invocations": [{"executionSuccessful": true}],
       "results": [{"ruleId": "r", "level": "error", "message": {"text": "bad"}}]}]}
      """;
  private static final String NOTHING_SEEN =
      """
      {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "t"}},
       "invocations": [{"executionSuccessful": false}]}]}
      """;
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  @TempDir private Path scratch;
  private RunCaller run;

  @BeforeEach
  void launch() throws InterruptedException {
    run = new RunCaller(launched(RunCaller.ACME), SONAR, scratch, ReportLimits.STANDARD);
  }

  @AfterEach
  void nothingIsLeftInTheScratchFolder() throws IOException {
    try (var files = Files.list(scratch)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void theWholeStory() throws IOException, InterruptedException {
    Answer begun = run.json("start", "{\"task\": \"arn:task/1\", \"attempt\": 1}");
    assertThat(begun.status()).isEqualTo(200);
    assertThat(RunCaller.text(begun))
        .isEqualTo("{\"deadline\":\"2026-01-02T04:04:05Z\",\"tenant\":\"acme\"}");
    assertThat(run.json("start", "{\"task\": \"arn:task/1\", \"attempt\": 1}").status())
        .isEqualTo(200);
    assertThat(run.json("start", "{\"task\": \"another\", \"attempt\": 1}").status())
        .isEqualTo(409);

    Answer step = run.json("progress", "{\"phase\": \"scan\", \"percent\": 40}");
    assertThat(RunCaller.text(step)).isEqualTo("{\"cancel\":false}");
    assertThat(run.progress.of(run.scan().key()))
        .hasEntrySatisfying(SONAR, it -> assertThat(it.percent()).contains(40));

    assertThat(run.report(FOUND).status()).isEqualTo(201);
    assertThat(run.report(FOUND).status()).isEqualTo(200);
    assertThat(run.report(CLEAN).status()).isEqualTo(409);
    assertThat(run.json("complete", "{\"exitCode\": 0, \"tool\": \"t\"}").status()).isEqualTo(204);
    assertThat(run.json("complete", "{\"exitCode\": 0, \"tool\": \"t\"}").status()).isEqualTo(204);

    assertThat(run.scan().status()).isEqualTo(ScanStatus.SUCCEEDED);
    assertThat(run.scan().verdict()).isEqualTo(Verdict.FAIL);
    assertThat(run.report(FOUND).status()).as("a repeat after the end").isEqualTo(200);
  }

  /** I5. */
  @Test
  void whatTheLedgerKnowsIsStoredUnderItsHash() throws IOException, InterruptedException {
    run.report(FOUND);

    StoredReport report = run.scan().run(SONAR).report().orElseThrow();
    try (InputStream packed =
        run.reports.open(new ReportKey(run.scan().key(), SONAR, report.sha256())).orElseThrow()) {
      byte[] document = new GZIPInputStream(packed).readAllBytes();
      assertThat(Sha.of(document)).isEqualTo(report.sha256());
      assertThat(document).hasSize((int) report.bytes());
      assertThat(new String(document, UTF_8)).contains("\"security-severity\"");
    }
  }

  @Test
  void aReportMayComePacked() throws IOException, InterruptedException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(CLEAN.getBytes(UTF_8));
    }
    Answer answer =
        run.call(
            "PUT",
            run.scan().runId(SONAR).toString(),
            "report",
            run.token(),
            Map.of("Content-Type", "application/sarif+json", "Content-Encoding", "gzip"),
            packed.toByteArray());

    assertThat(answer.status()).isEqualTo(201);
    assertThat(run.report(CLEAN).status()).as("the same, unpacked").isEqualTo(200);
  }

  @Test
  void aReportThatCannotBeReadMayBeFollowedByAGoodOne() throws IOException, InterruptedException {
    Answer refused = run.report("{\"version\": \"2.1.0\", \"runs\": [");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(RunCaller.text(refused)).contains("\"pointer\"");
    assertThat(handoverError()).contains(ErrorCode.REPORT_INVALID);

    assertThat(run.report(CLEAN).status()).isEqualTo(201);
  }

  @Test
  void aReportThatIsTooLargeIsSaidToBeSo() throws IOException, InterruptedException {
    run =
        new RunCaller(
            launched(RunCaller.ACME), SONAR, scratch, new ReportLimits(100, 100, 100, 10, 10));

    assertThat(run.report(CLEAN).status()).isEqualTo(413);
    assertThat(handoverError()).contains(ErrorCode.REPORT_TOO_LARGE);
  }

  @Test
  void otherTypesAndPackingsAreRefused() throws IOException, InterruptedException {
    for (Map<String, String> headers :
        List.of(
            Map.<String, String>of(),
            Map.of("Content-Type", "application/json"),
            Map.of("Content-Type", "application/sarif+json", "Content-Encoding", "br"))) {
      assertThat(run.call("PUT", "report", run.token(), headers, CLEAN).status()).isEqualTo(415);
    }
    assertThat(run.call("POST", "start", run.token(), Map.of(), "{}").status()).isEqualTo(415);
  }

  @Test
  void aScannerThatSawNothingHasNotSucceeded() throws IOException, InterruptedException {
    assertThat(run.report(NOTHING_SEEN).status()).isEqualTo(201);
    run.json("complete", "{\"exitCode\": 0}");

    assertThat(run.scan().status()).isEqualTo(ScanStatus.FAILED);
    assertThat(run.scan().error().orElseThrow().code()).isEqualTo(ErrorCode.REPORT_INCOMPLETE);
    assertThat(run.scan().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void anErrorIsNamedByItsFirstWord() throws IOException, InterruptedException {
    run.json("complete", "{\"error\": \"SOURCE_UNAVAILABLE: no such ref\"}");

    assertThat(run.scan().error().orElseThrow().code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
    assertThat(run.scan().error().orElseThrow().message()).isEqualTo("no such ref");
  }

  @Test
  void aLateReportIsPutAsideAndPeopleAreTold() throws IOException, InterruptedException {
    run.change(run.scan().cancelled(RunCaller.NOW));

    Answer answer = run.report(FOUND);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(run.scan().run(SONAR).report()).isEmpty();
    assertThat(run.feed.events())
        .singleElement()
        .satisfies(told -> {
          assertThat(told.stage()).isEqualTo(Stage.REPORT);
          String hash = told.message().replaceAll(".*put aside as ([0-9a-f]{64}).*", "$1");
          assertThat(run.reports.open(new ReportKey(run.scan().key(), SONAR, hash))).isPresent();
        });
    assertThat(RunCaller.text(run.json("progress", "{}"))).isEqualTo("{\"cancel\":true}");
  }

  @Test
  void everyProblemOfADocumentIsListed() throws IOException, InterruptedException {
    Answer answer = run.json("start", "{\"task\": 1, \"attempt\": 0, \"more\": true}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(RunCaller.text(answer)).contains("/task", "/attempt", "/more");
    assertThat(run.json("complete", "[]").status()).isEqualTo(400);
    assertThat(run.json("progress", "{\"percent\": 101}").status()).isEqualTo(400);
  }

  @Test
  void nobodyWithoutTheRunsOwnTokenIsLetIn() throws IOException, InterruptedException {
    String good = run.token();
    int dot = good.indexOf('.');
    for (String token :
        new String[] {
          "",
          "x",
          good + "x",
          good.replaceFirst(".$", good.endsWith("A") ? "B" : "A"),
          (Long.parseLong(good.substring(0, dot)) + 1) + good.substring(dot)
        }) {
      Answer answer = run.call("POST", "progress", token, JSON, "{}");
      assertThat(answer.status()).as(token).isEqualTo(401);
    }
    assertThat(run.call("POST", "progress", good, JSON, "{}").status()).isEqualTo(200);
  }

  @Test
  void aTokenRunsOut() throws IOException, InterruptedException {
    String token = run.token();
    run.clock.set(RunCaller.NOW.plus(Duration.ofHours(1)).plus(Duration.ofMinutes(15)));
    assertThat(run.call("POST", "progress", token, JSON, "{}").status()).isEqualTo(200);

    run.clock.set(run.clock.get().plusSeconds(1));
    assertThat(run.call("POST", "progress", token, JSON, "{}").status()).isEqualTo(401);
  }

  @Test
  void anotherRunsTokenIsRefusedAsSuch() throws IOException, InterruptedException {
    String sonars = run.token();
    Answer answer =
        run.call(
            "POST",
            run.scan().key().id() + "." + MYSTICAL,
            "progress",
            sonars,
            JSON,
            "{}".getBytes(UTF_8));

    assertThat(answer.status()).isEqualTo(403);
  }

  @Test
  void theTokenOfAnEarlierAttemptIsGoodButItsWorkIsNot() throws IOException, InterruptedException {
    Attempt first = run.scan().run(SONAR).attempts().getLast();
    String token = run.token(first);
    Scan again =
        run.scan()
            .with(
                SONAR, it -> it.requeued(ErrorCode.SPOT_INTERRUPTED, RunCaller.NOW), RunCaller.NOW)
            .with(
                SONAR,
                it ->
                    it.launching(
                        Attempt.launching(2, 0, first.spec(), RunCaller.NOW.plusSeconds(9))),
                RunCaller.NOW);
    run.change(again);

    assertThat(run.call("POST", "start", token, JSON, "{\"task\":\"t\",\"attempt\":1}").status())
        .isEqualTo(409);
    assertThat(run.call("POST", "start", token, JSON, "{\"task\":\"t\",\"attempt\":2}").status())
        .isEqualTo(409);
    assertThat(RunCaller.text(run.call("POST", "progress", token, JSON, "{}")))
        .contains("\"cancel\":true");
    assertThat(run.call("POST", "complete", token, JSON, "{}").status()).isEqualTo(204);
    assertThat(run.scan().run(SONAR).status()).isEqualTo(RunStatus.LAUNCHING);
  }

  @Test
  void aGoodTokenOfAScanThatNobodyKnowsMeansThatItMustLeaveOrWait()
      throws IOException, InterruptedException {
    String token = run.token();
    run.ledger.lose();
    assertThat(run.call("POST", "progress", token, JSON, "{}").status()).isEqualTo(503);

    run.ledger.reconciled();
    assertThat(run.call("POST", "progress", token, JSON, "{}").status()).isEqualTo(409);
  }

  @Test
  void whileTheLedgerIsAwayItAsksToBeAskedAgain() throws IOException, InterruptedException {
    String token = run.token();
    run.ledger.failNext(1);

    Answer answer = run.call("POST", "progress", token, JSON, "{}");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers()).anyMatch(it -> it.name().equals("Retry-After"));
  }

  /** Somebody writes between the look and the write, again and again. */
  @Test
  void aRaceIsDecidedByWhatStandsThen() throws IOException, InterruptedException {
    run.ledger.executeThenFail(0);
    String token = run.token();
    run.report(CLEAN);
    run.change(
        run.scan()
            .noting(SONAR, 1, it -> it.seen())
            .with(SONAR, it -> it.running(RunCaller.NOW), RunCaller.NOW));

    assertThat(run.call("POST", "complete", token, JSON, "{}").status()).isEqualTo(204);
    assertThat(run.scan().status()).isEqualTo(ScanStatus.SUCCEEDED);
  }

  private Optional<ErrorCode> handoverError() throws InterruptedException {
    return run.scan()
        .run(SONAR)
        .attempts()
        .getLast()
        .course()
        .handover()
        .refusal()
        .map(it -> it.code());
  }

  private static Scan launched(Tenant tenant) {
    ScanKey key = new ScanKey(tenant, SampleScans.newKey().id());
    return SampleScans.queued(key, SampleScans.plain(SONAR, MYSTICAL), RunCaller.NOW)
        .with(SONAR, it -> it.launching(SampleScans.attempt(RunCaller.NOW)), RunCaller.NOW)
        .with(SONAR, it -> it.launched(new TaskArn("arn:task/1"), RunCaller.NOW), RunCaller.NOW)
        .with(
            MYSTICAL,
            it -> it.ended(RunStatus.SUCCEEDED, Optional.empty(), RunCaller.NOW),
            RunCaller.NOW);
  }
}
