package dev.mystical.scanner.http.api;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.launch.TaskRequests;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunAnswersIT extends ApiAnswers {
  private static final ScanKey KEY = new ScanKey(ApiStand.ACME, new ScanId("s-1"));
  private static final String RUN = "/v1/runs/s-1.sonar/";
  private static final String START = "{\"task\": \"arn:task/sonar\", \"attempt\": 1}";
  private static final String SARIF =
      """
      {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "t"}},
       "invocations": [{"executionSuccessful": true}], "results": []}]}
      """;
  private static final String STEP = "{\"percent\": 40}";
  private static final String DONE = "{\"exitCode\": 0}";
  private static final Map<String, String> BODIES =
      Map.of("start", START, "progress", STEP, "complete", DONE);

  RunAnswersIT() {
    super("startRun", "noteProgress", "putReport", "completeRun");
  }

  private Scan launched() throws InterruptedException {
    Scan scan =
        stand.note(SampleScans.queued(KEY, SampleScans.plain(SONAR, MYSTICAL), stand.now()));
    for (ProviderId provider : List.of(SONAR, MYSTICAL)) {
      scan =
          stand.note(
              SampleScans.launched(
                  scan, provider, new TaskArn("arn:task/" + provider), stand.now()));
    }
    return scan;
  }

  private String token(ProviderId provider) throws InterruptedException {
    Scan scan = stand.stored(KEY);
    return TaskRequests.token(
        ApiStand.TOKEN_KEY, scan.runId(provider), scan.run(provider).lastAttempt().orElseThrow());
  }

  private Reply report(String token, String document, String... headers)
      throws IOException, InterruptedException {
    return client.call("PUT", token, RUN + "report", document, headers);
  }

  private Reply report(String token, String document) throws IOException, InterruptedException {
    return report(token, document, "Content-Type", "application/sarif+json");
  }

  @Test
  void theWholeStory() throws IOException, InterruptedException {
    launched();
    String token = token(SONAR);

    assertThat(client.postJson(token, RUN + "start", START).status()).isEqualTo(200);
    assertThat(client.postJson(token, RUN + "progress", STEP).status()).isEqualTo(200);
    assertThat(report(token, "{}").status()).isEqualTo(422);
    assertThat(report(token, SARIF).status()).isEqualTo(201);
    assertThat(report(token, SARIF).status()).isEqualTo(200);
    assertThat(report(token, SARIF.replace("\"t\"", "\"u\"")).status()).isEqualTo(409);
    assertThat(client.postJson(token, RUN + "complete", DONE).status()).isEqualTo(204);
  }

  @Test
  void aRunsTokenIsGoodForItsOwnCallsAlone() throws IOException, InterruptedException {
    launched();
    String token = token(MYSTICAL);
    for (Map.Entry<String, String> each : BODIES.entrySet()) {
      assertThat(client.postJson(token, RUN + each.getKey(), each.getValue()).status())
          .as(each.getKey())
          .isEqualTo(403);
    }
    assertThat(report(token, SARIF).status()).isEqualTo(403);
    assertThat(client.get(token, "/v1/scans/s-1").status()).isEqualTo(401);
    assertThat(client.postJson(ACME, RUN + "start", START).status())
        .as("a client's key")
        .isEqualTo(401);
  }

  @Test
  void nobodyWaitsForWhatIsNotKnown() throws IOException, InterruptedException {
    launched();
    String token = token(SONAR);
    stand.ledger.lose(KEY);
    for (Map.Entry<String, String> each : BODIES.entrySet()) {
      assertThat(client.postJson(token, RUN + each.getKey(), each.getValue()).status())
          .as(each.getKey())
          .isEqualTo(409);
    }
  }

  @Test
  void badBodiesAreRefused() throws IOException, InterruptedException {
    launched();
    String token = token(SONAR);
    for (String call : BODIES.keySet()) {
      assertThat(client.postJson(token, RUN + call, "[]").status()).as(call).isEqualTo(400);
      assertThat(client.call("POST", token, RUN + call, "{}").status()).as(call).isEqualTo(415);
    }
    assertThat(report(token, SARIF, "Content-Type", "text/plain").status()).isEqualTo(415);
    assertThat(report(token, SARIF + " ".repeat(20_000)).status()).isEqualTo(413);
  }

  @Test
  void whileRedisIsAwayTheCallMayBeRepeated() throws IOException, InterruptedException {
    launched();
    String token = token(SONAR);
    for (Map.Entry<String, String> each : BODIES.entrySet()) {
      stand.ledger.failNext(1);
      assertThat(client.postJson(token, RUN + each.getKey(), each.getValue()).status())
          .as(each.getKey())
          .isEqualTo(503);
    }
    stand.reports.failNext(1);
    assertThat(report(token, SARIF).status()).isEqualTo(503);
    assertThat(SARIF.getBytes(UTF_8)).hasSizeLessThan(10_000);
  }
}
