package dev.mystical.scanner.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a request may be, up to its body. */
class RequestRulesIT {
  private final Stage stage =
      new Stage(
          Route.of(
              "GET",
              "/told",
              request ->
                  Answer.of(200, "text/plain", "x")
                      .with("Cache-Control", "max-age=60")
                      .with("Link", "a")
                      .with("Link", "b")));

  private final HttpListener listener = stage.listen();

  @AfterEach
  void stop() {
    listener.close();
  }

  @Test
  void anAnswerHasTheHeadersThatEveryAnswerHas() throws IOException {
    try (RawClient client = RawClient.to(listener)) {
      assertThat(client.get("/ok").headers().fields())
          .containsExactly(
              new Headers.Field("Date", "Fri, 02 Jan 2026 03:04:05 GMT"),
              new Headers.Field("Content-Type", "text/plain"),
              new Headers.Field("Content-Length", "2"),
              new Headers.Field("Cache-Control", "no-store"),
              new Headers.Field("X-Content-Type-Options", "nosniff"));
      RawAnswer told = client.get("/told");
      assertThat(told.headers().all("Cache-Control")).containsExactly("max-age=60");
      assertThat(told.headers().all("Link")).containsExactly("a", "b");
    }
  }

  @Test
  void aConnectionServesManyRequestsAlsoThoseSentBeforeTheirTurn() throws IOException {
    try (RawClient client = RawClient.to(listener)) {
      client.send("GET /ok HTTP/1.1\r\nHost: x\r\n\r\n".repeat(50));
      for (int i = 0; i < 50; i++) {
        assertThat(client.answer().body()).isEqualTo("ok");
      }
      client.send(
          "\r\nGET http://elsewhere/ok HTTP/1.1\r\nhOST: x:80\r\nconnection: Close\r\n\r\n");
      assertThat(client.answer().header("Connection")).isEqualTo("close");
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void anOldClientNeedsNoHostAndIsAnsweredOnce() throws IOException {
    try (RawClient client = RawClient.to(listener)) {
      client.send("GET /ok HTTP/1.0\r\n\r\n");
      assertThat(client.answersToTheEnd())
          .singleElement()
          .extracting(RawAnswer::body)
          .isEqualTo("ok");
    }
  }

  @Test
  void headIsAnsweredWhereGetIsWithTheHeadersAlone() throws IOException {
    try (RawClient client = RawClient.to(listener)) {
      assertThat(client.ask("HEAD", "/ok").header("Content-Length")).isEqualTo("2");
      assertThat(client.ask("HEAD", "/nothing").status()).isEqualTo(404);
      assertThat(client.get("/ok").body()).isEqualTo("ok");
    }
  }

  @Test
  void optionsSayWhatIsAllowed() throws IOException {
    try (RawClient client = RawClient.to(listener)) {
      RawAnswer answer = client.ask("OPTIONS", "/ok");
      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
      assertThat(answer.headerNames()).doesNotContain("Content-Length", "Content-Type");
      assertThat(client.ask("OPTIONS", "*").status()).isEqualTo(204);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /ok, 405",
    "TRACE, /ok, 405",
    "DELETE, /echo, 405",
    "GET, /v1/../ok, 404",
    "GET, /%2e%2e/ok, 404",
    "GET, //ok, 404",
    "GET, /ok%2F, 404",
    "GET, /ok%, 400",
    "GET, /ok?%zz, 400",
  })
  void aRequestThatMeetsNoRouteIsAnsweredAndTheConnectionGoesOn(
      String method, String path, int status) throws IOException {
    try (RawClient client = RawClient.to(listener)) {
      assertProblem(client.ask(method, path), status);
      assertThat(client.get("/ok").body()).isEqualTo("ok");
    }
  }

  static Stream<Arguments> broken() {
    String host = "Host: x\r\n";
    return Stream.of(
        Arguments.of(414, "GET /" + "a".repeat(2048) + " HTTP/1.1\r\n" + host),
        Arguments.of(414, "GET /ok?" + "a".repeat(2045) + " HTTP/1.1\r\n" + host),
        Arguments.of(414, "GET /" + "a".repeat(200_000) + " HTTP/1.1\r\n" + host),
        Arguments.of(414, "G".repeat(9_000) + " / HTTP/1.1\r\n" + host),
        Arguments.of(431, "GET /ok HTTP/1.1\r\n" + host + fields(100)),
        Arguments.of(431, "GET /ok HTTP/1.1\r\n" + host + "A: " + "a".repeat(16_400) + "\r\n"),
        Arguments.of(431, "GET /ok HTTP/1.1\r\n" + host + wide(50)),
        Arguments.of(400, "GET /ok HTTP/1.1\r\n"),
        Arguments.of(400, "GET /ok HTTP/1.1\r\nHost:\r\n"),
        Arguments.of(400, "GET /ok HTTP/1.1\r\nHost: a b\r\n"),
        Arguments.of(400, "GET /ok HTTP/1.1\r\nHost: a\r\nHost: a\r\n"),
        Arguments.of(400, "GET /ok HTTP/1.0\r\nHost: a\r\nHost: b\r\n"),
        Arguments.of(501, "CONNECT x:443 HTTP/1.1\r\n" + host),
        Arguments.of(501, "BREW /ok HTTP/1.1\r\n" + host),
        Arguments.of(501, "get /ok HTTP/1.1\r\n" + host),
        Arguments.of(400, "GE(T /ok HTTP/1.1\r\n" + host),
        Arguments.of(505, "GET /ok HTTP/2.0\r\n" + host),
        Arguments.of(505, "PRI * HTTP/2.0\r\n"),
        Arguments.of(400, "GET /ok HTTP/01.1\r\n" + host),
        Arguments.of(400, "GET /ok HTTP/-1.1\r\n" + host),
        Arguments.of(400, "GET /ok HTTP/1.11\r\n" + host),
        Arguments.of(400, "GET /ok http/1.1\r\n" + host),
        Arguments.of(400, "GET /ok\r\n" + host),
        Arguments.of(400, "GET  /ok HTTP/1.1\r\n" + host),
        Arguments.of(400, "GET\t/ok HTTP/1.1\r\n" + host),
        Arguments.of(400, "GET /ok HTTP/1.1 \r\n" + host),
        Arguments.of(400, "GET /o k HTTP/1.1\r\n" + host),
        Arguments.of(400, "GET ok HTTP/1.1\r\n" + host),
        Arguments.of(400, "GET * HTTP/1.1\r\n" + host),
        Arguments.of(400, "GET ftp://x/ok HTTP/1.1\r\n" + host),
        Arguments.of(400, "GET /ok#x HTTP/1.1\r\n" + host),
        Arguments.of(400, "GET /\u00e9 HTTP/1.1\r\n" + host),
        Arguments.of(400, "GET /\u0000 HTTP/1.1\r\n" + host),
        Arguments.of(400, "\r\n\r\nGET /ok HTTP/1.1\r\n" + host),
        Arguments.of(400, "\u0016\u0003\u0001\u0002\u0000\u0001"),
        Arguments.of(417, "GET /ok HTTP/1.1\r\nExpect: miracles\r\n" + host));
  }

  private static String fields(int count) {
    return String.join("", IntStream.range(0, count).mapToObj(i -> "X-" + i + ": x\r\n").toList());
  }

  private static String wide(int count) {
    return fields(count).replace(": x", ": " + "x".repeat(400));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aBrokenRequestIsRefusedAndTheConnectionEnds(int status, String head) throws IOException {
    try (RawClient client = RawClient.to(listener)) {
      client.send(head + "\r\n");
      if (status == 417) {
        assertProblem(client.answer(), status);
        return;
      }
      List<RawAnswer> answers = client.answersToTheEnd();
      assertThat(answers).hasSize(1);
      assertProblem(answers.getFirst(), status);
      assertThat(answers.getFirst().header("Connection")).isEqualTo("close");
    }
    assertThat(stage.handled).hasValue(0);
  }

  @Test
  void whatIsJustAllowedIsTaken() throws IOException {
    try (RawClient client = RawClient.to(listener)) {
      assertThat(client.get("/ok?" + "a".repeat(2044)).status()).isEqualTo(200);
      client.send("GET /ok HTTP/1.1\r\nHost: x\r\n" + fields(99) + "\r\n");
      assertThat(client.answer().status()).isEqualTo(200);
      client.send("GET /ok HTTP/1.1\r\nHost: x\r\nA: " + "\u00e9\t".repeat(8_000) + "\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(200);
    }
  }

  private static void assertProblem(RawAnswer answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.headers().all("Date")).hasSize(1);
    assertThat(answer.headerNames()).doesNotContain("Server");
    assertThat(answer.body()).contains("\"status\":" + status);
  }
}
