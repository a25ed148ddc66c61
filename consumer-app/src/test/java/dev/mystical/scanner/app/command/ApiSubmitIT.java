package dev.mystical.scanner.app.command;

import static dev.mystical.scanner.app.client.FakeApi.answer;
import static dev.mystical.scanner.app.client.FakeApi.json;
import static dev.mystical.scanner.app.client.FakeApi.sarif;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.app.client.Documents;
import dev.mystical.scanner.app.client.FakeApi;
import dev.mystical.scanner.app.settings.Settings;
import dev.mystical.scanner.domain.intake.RequestDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line against an API, from its words to its exit code, without a single setting. */
class ApiSubmitIT {
  private static final String KEY = "hunter2hunter2";
  private static final String SUBMIT = "POST /v1/scans";
  private static final String SCAN = "GET /v1/scans/s1";
  private static final String EVENTS = SCAN + "/events";
  private static final String REPORT = SCAN + "/report";
  private static final String REQUEST = "{\"project\":{\"key\":\"payments\"}}";

  @TempDir private Path folder;

  private final FakeApi server = started();
  private final RecordingTerminal recording = RecordingTerminal.reading(REQUEST);

  @AfterEach
  void stop() {
    server.close();
    assertThat(recording.answered() + recording.said()).doesNotContain(KEY);
  }

  @Test
  void aRequestIsSentAndItsIdPrinted() throws InterruptedException {
    server.on(SUBMIT, json(202, Documents.scan("QUEUED", "PENDING", "")));
    assertThat(submit(Map.of(), "--key", KEY, "--idempotency-key", "mine")).isZero();
    assertThat(recording.answered()).isEqualTo("s1\n");
    assertThat(recording.said()).isEqualTo("accepted: " + server.url() + "/v1/scans/s1\n");
    assertThat(server.seen())
        .singleElement()
        .satisfies(seen -> {
          assertThat(seen.body()).isEqualTo(REQUEST);
          assertThat(seen.header("Idempotency-Key")).isEqualTo("mine");
          assertThat(seen.header("Authorization")).isEqualTo("Bearer " + KEY);
        });
  }

  @Test
  void theKeyMayComeFromTheEnvironment() throws InterruptedException {
    server.on(SUBMIT, json(202, Documents.scan("QUEUED", "PENDING", "")));
    assertThat(submit(Map.of("SCANNER_API_KEY", KEY), "--json")).isZero();
    assertThat(server.seen().getFirst().header("Authorization")).isEqualTo("Bearer " + KEY);
    assertThat(recording.answered()).startsWith("{\"scanId\":\"s1\",").hasLineCount(1);
    assertThat(recording.said()).isEmpty();
  }

  @Test
  void theKeyOfTheCommandLineWins() throws InterruptedException {
    server.on(SUBMIT, json(202, Documents.scan("QUEUED", "PENDING", "")));
    assertThat(submit(Map.of("SCANNER_API_KEY", "another"), "--key", KEY)).isZero();
    assertThat(server.seen().getFirst().header("Authorization")).isEqualTo("Bearer " + KEY);
  }

  @Test
  void everyProblemIsListed() throws InterruptedException {
    server.on(
        SUBMIT,
        json(
            400,
            """
            {"detail":"the request cannot be used",
             "errors":[{"detail":"is missing","pointer":"/target"},
                       {"detail":"no \\u001b %s","pointer":"/project/key"}]}
            """
                .formatted(KEY)));
    assertThat(submit(Map.of(), "--key", KEY)).isEqualTo(2);
    assertThat(recording.said())
        .isEqualTo(
            """
            the API answered 400: the request cannot be used
              /target: is missing
              /project/key: no   ***
            """);
    assertThat(recording.answered()).isEmpty();
  }

  @Test
  void programsGetTheProblemsAsADocument() throws InterruptedException {
    server.on(
        SUBMIT, json(400, "{\"errors\":[{\"detail\":\"is missing\",\"pointer\":\"/target\"}]}"));
    assertThat(submit(Map.of(), "--json")).isEqualTo(2);
    assertThat(recording.answered())
        .isEqualTo("{\"errors\":[{\"detail\":\"is missing\",\"pointer\":\"/target\"}]}\n");
  }

  @ParameterizedTest
  @CsvSource({
    "401, 2, the API wants a key",
    "403, 2, the API does not allow this",
    "404, 2, there is no such API at",
    "413, 2, the API answered 413: No",
    "422, 2, the API answered 422: No",
    "302, 2, leads elsewhere",
    "200, 1, what the API answered is no scan",
  })
  void otherAnswersAreSaidInASentence(int status, int code, String sentence)
      throws InterruptedException {
    server.on(SUBMIT, json(status, "{\"title\":\"No\"}"));
    assertThat(submit(Map.of())).isEqualTo(code);
    assertThat(recording.said()).contains(sentence);
    assertThat(server.seen()).hasSize(1);
  }

  @Test
  void aServerThatWantsTooMuchTimeIsNotWaitedFor() throws InterruptedException {
    server.on(SUBMIT, answer(503, "", "Retry-After", "3600"));
    assertThat(submit(Map.of())).isOne();
    assertThat(recording.said()).isEqualTo("the API answered 503; given up\n");
  }

  @Test
  void aRequestThatIsTooLargeIsNotSent() throws InterruptedException {
    RecordingTerminal large = RecordingTerminal.reading(" ".repeat(256 * 1024 + 1));
    assertThat(run(large, Map.of(), "submit", "-", "--api", server.url())).isEqualTo(2);
    assertThat(large.said()).contains("the document: is longer than 262144 bytes");
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void aScanIsFollowedToItsEnd() throws InterruptedException {
    server
        .on(SUBMIT, json(202, Documents.scan("QUEUED", "PENDING", "")))
        .on(
            EVENTS,
            FakeApi.events("id: 1-0\nevent: dev.mystical.scanner.run.launched\ndata: {}\n\n"),
            server.stuck("id: 2-0\ndata: {}\n\n", "text/event-stream"))
        .on(
            SCAN,
            json(404, "{}"),
            json(200, Documents.scan("RUNNING", "RUNNING", "")),
            json(503, "{}"),
            json(200, Documents.ended("SUCCEEDED", "FAIL")))
        .on(REPORT, sarif(Documents.report()));

    assertThat(submit(Map.of(), "--key", KEY, "--wait")).isEqualTo(6);

    assertThat(recording.answered())
        .contains("verdict   FAIL\n", "report    " + server.url() + "/v1/scans/s1/report\n")
        .endsWith("\nhigh      S1  src/Orders.java:19  Bad SQL\n");
    assertThat(recording.said())
        .contains(
            "no consumer has received the scan yet; waiting for one\n",
            "sonar  RUNNING       attempt 1    40%  analysing\n",
            "the API answered 503; still trying\n");
    assertThat(server.seen()).allMatch(it -> it.header("Authorization").equals("Bearer " + KEY));
  }

  @Test
  void withoutAStreamTheScanIsAskedFor() throws InterruptedException {
    server
        .on(SUBMIT, json(202, Documents.scan("QUEUED", "PENDING", "")))
        .on(EVENTS, json(503, "{}"))
        .on(
            SCAN,
            json(200, Documents.scan("RUNNING", "RUNNING", "")),
            json(200, Documents.ended("FAILED", "UNKNOWN")));
    assertThat(submit(Map.of(), "--wait", "--json")).isEqualTo(5);
    assertThat(recording.answered()).contains("\"status\":\"FAILED\"").hasLineCount(1);
  }

  private int submit(Map<String, String> environment, String... more) throws InterruptedException {
    return run(
        recording,
        environment,
        Stream.concat(Stream.of("submit", "-", "--api", server.url()), Stream.of(more))
            .toArray(String[]::new));
  }

  private int run(RecordingTerminal terminal, Map<String, String> environment, String... words)
      throws InterruptedException {
    return new CommandRunner(
            terminal.terminal(), environment, folder, InstantSource.system(), new NoParts())
        .run(List.of(words));
  }

  /** Nothing of it is needed. */
  private static final class NoParts implements CommandRunner.Parts {
    @Override
    public int serve(Settings settings) {
      throw new AssertionError("no server");
    }

    @Override
    public Outside outside(Settings settings) {
      throw new AssertionError("no SQS, no Redis");
    }

    @Override
    public RequestDecoder decoder(Settings settings) {
      throw new AssertionError("no decoder");
    }
  }

  private static FakeApi started() {
    try {
      return FakeApi.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
