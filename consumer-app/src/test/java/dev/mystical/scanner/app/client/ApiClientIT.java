package dev.mystical.scanner.app.client;

import static dev.mystical.scanner.app.client.FakeApi.answer;
import static dev.mystical.scanner.app.client.FakeApi.json;
import static dev.mystical.scanner.app.client.FakeApi.sarif;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.app.client.WatchedScan.Found;
import dev.mystical.scanner.app.client.WatchedScan.Look;
import dev.mystical.scanner.domain.intake.Problem;
import dev.mystical.scanner.domain.retry.Backoff;
import dev.mystical.scanner.domain.scan.ScanId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiClientIT {
  private static final String KEY = "hunter2hunter2";
  private static final String SUBMIT = "POST /v1/scans";
  private static final String SCAN = "GET /v1/scans/s1";
  private static final String REPORT = "GET /v1/scans/s1/report";
  private static final ScanId ID = new ScanId("s1");
  private static final ClientTimes TIMES =
      new ClientTimes(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)),
          Duration.ofSeconds(45),
          Duration.ofSeconds(5),
          Duration.ofMinutes(10));

  private final FakeApi server = started();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>(List.of(server));

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable it : open.reversed()) {
      it.close();
    }
  }

  @Test
  void aRequestGoesOutWithItsKeys() throws InterruptedException {
    server.on(SUBMIT, json(202, Documents.scan("QUEUED", "PENDING", "")));
    assertThat(submission(TIMES).submit("{\"a\":1}", Optional.of("my key")))
        .isInstanceOf(Reply.Done.class);
    assertThat(server.seen())
        .singleElement()
        .satisfies(seen -> {
          assertThat(seen.call()).isEqualTo(SUBMIT);
          assertThat(seen.body()).isEqualTo("{\"a\":1}");
          assertThat(seen.header("Authorization")).isEqualTo("Bearer " + KEY);
          assertThat(seen.header("Idempotency-Key")).isEqualTo("my key");
          assertThat(seen.header("Content-Type")).isEqualTo("application/json");
        });
  }

  @Test
  void aRequestThatIsRepeatedStaysTheSame() throws InterruptedException {
    server.on(
        SUBMIT,
        json(503, "{\"detail\":\"SQS is away\"}"),
        answer(429, "", "Retry-After", "7"),
        json(500, "{}"),
        FakeApi::hangUp,
        json(202, Documents.scan("QUEUED", "PENDING", "")));
    assertThat(submission(TIMES).submit("{}", Optional.empty())).isInstanceOf(Reply.Done.class);
    assertThat(server.seen()).hasSize(5);
    assertThat(server.seen().stream().map(it -> it.header("Idempotency-Key")).distinct())
        .singleElement()
        .satisfies(key -> assertThat(key).matches("[A-Za-z0-9_-]{22}"));
    assertThat(pauses).hasSize(4).contains(Duration.ofSeconds(7));
    assertThat(told.getFirst()).startsWith("the API answered 503: SQS is away; trying again in");
    assertThat(told.getLast()).startsWith("no answer from the API: ");
  }

  @Test
  void anotherRequestHasAnotherKey() throws InterruptedException {
    server.on(SUBMIT, json(202, Documents.scan("QUEUED", "PENDING", "")));
    Submission submission = submission(TIMES);
    submission.submit("{}", Optional.empty());
    submission.submit("{}", Optional.empty());
    assertThat(server.seen().stream().map(it -> it.header("Idempotency-Key")))
        .doesNotHaveDuplicates();
  }

  @Test
  void everyProblemOfARequestIsTold() throws InterruptedException {
    server.on(
        SUBMIT,
        answer(
            400,
            """
            {"type":"about:blank","title":"Bad Request","status":400,"detail":"not a request",
             "errors":[{"detail":"is missing","pointer":"/target"},{"detail":"no"}]}
            """,
            "Content-Type",
            "application/problem+json"));
    assertThat(submission(TIMES).submit("{}", Optional.empty()))
        .isEqualTo(
            new Reply.Refused(
                "the API answered 400: not a request",
                List.of(Problem.at("/target", "is missing"), Problem.at("", "no"))));
    assertThat(pauses).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 413, 415, 422})
  void aRequestThatIsRefusedIsNotRepeated(int status) throws InterruptedException {
    server.on(SUBMIT, json(status, "{\"title\":\"No\"}"));
    assertThat(submission(TIMES).submit("{}", Optional.empty()))
        .isEqualTo(new Reply.Refused("the API answered %d: No".formatted(status), List.of()));
    assertThat(server.seen()).hasSize(1);
  }

  @Test
  void aKeyThatIsNotGoodIsSaid() throws InterruptedException {
    server.on(SUBMIT, json(401, "{}"), json(403, "{}"));
    Submission submission = submission(TIMES);
    assertThat(submission.submit("{}", Optional.empty()))
        .isEqualTo(new Reply.Denied("the API does not know this key (401)"));
    assertThat(submission.submit("{}", Optional.empty()))
        .isEqualTo(new Reply.Denied("the API does not allow this with this key (403)"));
    server.on(SUBMIT, json(401, "{}"));
    ApiClient keyless = opened(server.url(), Optional.empty(), TIMES);
    assertThat(keyless.submit("{}", "k"))
        .isEqualTo(
            new Reply.Denied("the API wants a key (401): give one with SCANNER_API_KEY or --key"));
    assertThat(server.seen(SUBMIT).getLast().headers()).doesNotContainKey("Authorization");
  }

  @Test
  void aRedirectIsNotFollowed() throws InterruptedException {
    server.on(SUBMIT, answer(307, "", "Location", server.url() + "/elsewhere"));
    server.on(REPORT, answer(302, "", "Location", server.url() + "/elsewhere"));
    Submission submission = submission(TIMES);
    assertThat(submission.submit("{}", Optional.empty()))
        .isInstanceOf(Reply.Refused.class)
        .asString()
        .contains("leads elsewhere (307)");
    assertThat(submission.scan(ID).findings(5)).isInstanceOf(Found.Unreadable.class);
    assertThat(server.seen()).noneMatch(seen -> seen.call().contains("elsewhere"));
  }

  @Test
  void theKeyIsShownNowhere() throws InterruptedException {
    server.on(
        SUBMIT,
        json(503, "{\"detail\":\"sent %s\"}".formatted(KEY)),
        json(400, "{\"detail\":\"sent %1$s\",\"errors\":[{\"detail\":\"%1$s\"}]}".formatted(KEY)));
    server.on(SCAN, json(503, "{\"title\":\"Bearer %s\"}".formatted(KEY)));
    Submission submission = submission(TIMES);
    assertThat(submission.submit("{}", Optional.empty())).asString().doesNotContain(KEY);
    assertThat(submission.scan(ID).look()).asString().contains("***").doesNotContain(KEY);
    assertThat(told).isNotEmpty().noneMatch(it -> it.contains(KEY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "", "[]", "{} {}", "{\"a\":"})
  void whatIsNoDocumentIsNotThisApi(String body) throws InterruptedException {
    server.on(SUBMIT, answer(200, body));
    assertThat(submission(TIMES).submit("{}", Optional.empty())).isInstanceOf(Reply.Strange.class);
  }

  @Test
  void anEndlessAnswerIsNotReadToItsEnd() throws InterruptedException {
    server.on(SCAN, answer(200, " ".repeat((8 << 20) + 1)));
    assertThat(submission(TIMES).scan(ID).look())
        .asString()
        .contains("the answer is longer than 8388608 bytes");
  }

  @Test
  void aSlowAnswerIsCutOff() throws InterruptedException {
    ClientTimes hasty =
        new ClientTimes(
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofMillis(1),
            TIMES.between(),
            TIMES.silence(),
            TIMES.poll(),
            TIMES.patience());
    server.on(SUBMIT, server.silent());
    server.on(SCAN, server.stuck("{\"scanId\":", "application/json"));
    server.on(REPORT, server.stuck("{\"version\":", "application/sarif+json"));
    Submission submission = submission(hasty);
    assertThat(submission.submit("{}", Optional.empty()))
        .asString()
        .contains("no whole answer within");
    assertThat(submission.scan(ID).look()).asString().contains("no whole answer within");
    assertThat(submission.scan(ID).findings(5)).asString().contains("no whole answer within");
  }

  @Test
  void aServerThatIsAwayIsSaid() throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    ApiClient nobody = opened("http://127.0.0.1:" + port, Optional.empty(), TIMES);
    assertThat(nobody.scan(ID)).asString().contains("no answer from the API: the connection was");
  }

  @Test
  void aScanIsLookedAt() throws InterruptedException {
    WatchedScan scan = submission(TIMES).scan(ID);
    assertThat(scan.look()).isEqualTo(new Look.Absent());
    server.on(
        SCAN, json(200, Documents.ended("SUCCEEDED", "PASS")), json(200, "{}"), json(403, ""));
    assertThat(scan.look()).isInstanceOf(Look.Seen.class);
    assertThat(scan.look()).isEqualTo(new Look.Unanswered("what the API answered is no scan"));
    assertThat(scan.look()).isInstanceOf(Look.Denied.class);
  }

  @Test
  void findingsAreReadFromTheReport() throws InterruptedException, IOException {
    WatchedScan scan = submission(TIMES).scan(ID);
    assertThat(scan.findings(5)).isEqualTo(new Found.NoReport());
    server.on(
        REPORT,
        json(503, "{}"),
        sarif(Documents.report()),
        packed(Documents.report()),
        sarif("{}"),
        answer(200, "x", "Content-Encoding", "br"));
    Found plain = scan.findings(5);
    assertThat(plain).asString().contains("src/Orders.java", "Bad SQL");
    assertThat(scan.findings(5)).isEqualTo(plain);
    assertThat(scan.findings(5)).asString().contains("/version is missing");
    assertThat(scan.findings(5)).asString().contains("packed in an unknown way");
    assertThat(server.seen(REPORT).getFirst().header("Accept-Encoding")).isEqualTo("gzip");
  }

  @Test
  void aStreamOfEventsIsResumed() throws InterruptedException {
    String events = "GET /v1/scans/s1/events";
    server.on(
        events,
        FakeApi.events("id: 5-0\nevent: e\ndata: {}\n\nid: 6-0\ndata: half"),
        answer(200, "no events", "Content-Type", "text/plain"),
        json(503, "{}"),
        server.stuck(": here\n\n", "text/event-stream"));
    try (Nudges nudges = submission(TIMES).scan(ID).nudges()) {
      while (server.seen(events).size() < 4) {
        nudges.await(Duration.ofSeconds(20));
      }
    }
    assertThat(server.seen(events).stream().map(it -> it.header("Last-Event-ID")))
        .containsExactly("", "5-0", "5-0", "5-0");
  }

  private Submission submission(ClientTimes times) {
    ApiClient client = opened(server.url(), Optional.of(new ApiKey(KEY)), times);
    return Submission.over(client, times, new Random(1), pauses::add, told::add);
  }

  private ApiClient opened(String url, Optional<ApiKey> key, ClientTimes times) {
    ApiClient client = ApiClient.open(ApiAddress.parse(url), key, times, InstantSource.system());
    open.add(client);
    return client;
  }

  private static FakeApi.Script packed(String body) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(body.getBytes(StandardCharsets.UTF_8));
    }
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      exchange.sendResponseHeaders(200, packed.size());
      exchange.getResponseBody().write(packed.toByteArray());
    };
  }

  private static FakeApi started() {
    try {
      return FakeApi.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
