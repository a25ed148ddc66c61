package dev.mystical.scanner.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a body may be, and what becomes of one that nobody reads. */
class BodyRulesIT {
  private final CompletableFuture<String> thrown = new CompletableFuture<>();
  private final Stage stage =
      new Stage(
          new Route("POST", "/stubborn", this::stubborn, new BodyTerms(10, Stage.LONG)),
          new Route("POST", "/hasty", this::hasty, new BodyTerms(100, Stage.SHORT)));
  private final HttpListener listener = stage.listen();

  @AfterEach
  void stop() {
    listener.close();
  }

  /** Takes trouble with a body for its own, and answers all the same. */
  private Answer stubborn(Request request) {
    try {
      request.body().readAllBytes();
    } catch (IOException e) {
      thrown.complete(String.valueOf(e.getMessage()));
    }
    return Answer.of(201, "text/plain", "stored");
  }

  private Answer hasty(Request request) throws IOException {
    try (InputStream body = request.body()) {
      return Answer.of(200, "text/plain", "%d".formatted(body.readAllBytes().length));
    }
  }

  private static String post(String path, String rest) {
    return "POST %s HTTP/1.1\r\nHost: x\r\n%s".formatted(path, rest);
  }

  @Test
  void aBodyThatIsDeclaredTooLongIsRefusedBeforeItsHandlerAndItsBytes() throws IOException {
    try (RawClient client = RawClient.to(listener)) {
      client.send(post("/echo", "Content-Length: 100001\r\n\r\n"));
      RawAnswer answer = client.answer();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.body()).contains("100000 bytes");
      assertThat(client.ended()).isTrue();
    }
    assertThat(stage.handled).hasValue(0);
  }

  @Test
  void aBodyThatTurnsOutTooLongIsRefusedWhateverItsHandlerMakesOfIt() throws IOException {
    try (RawClient client = RawClient.to(listener)) {
      client.send(
          post("/stubborn", "Transfer-Encoding: chunked\r\n\r\n6\r\n123456\r\n5\r\n12345\r\n"));
      assertThat(client.answer().status()).isEqualTo(413);
      assertThat(client.ended()).isTrue();
    }
    assertThat(thrown).isCompletedWithValue("the body may have 10 bytes");
  }

  @Test
  void aBodyAtItsLimitIsTaken() throws IOException {
    try (RawClient client = RawClient.to(listener)) {
      client.send(
          post("/stubborn", "Transfer-Encoding: chunked\r\n\r\na\r\n1234567890\r\n0\r\n\r\n"));
      assertThat(client.answer().status()).isEqualTo(201);
      client.send(post("/stubborn", "Content-Length: 10\r\n\r\n1234567890"));
      assertThat(client.answer().status()).isEqualTo(201);
    }
  }

  @Test
  void aBodyThatDoesNotComeInTimeIsRefused() throws IOException {
    try (RawClient client = RawClient.to(listener)) {
      client.send(post("/hasty", "Content-Length: 10\r\n\r\n12345"));
      RawAnswer answer = client.answer();
      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.header("Connection")).isEqualTo("close");
      assertThat(client.ended()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 10\r\n\r\n12345",
        "Transfer-Encoding: chunked\r\n\r\n5\r\n123",
        "Transfer-Encoding: chunked\r\n\r\n3\r\n123",
        "Transfer-Encoding: chunked\r\n\r\n3\r\n123\r\n",
        "Transfer-Encoding: chunked\r\n\r\n3\r\n123\r\n0\r\n",
        "Transfer-Encoding: chunked\r\n\r\n3\r\n123\r\n0\r\nX: y\r\n",
      })
  void aBodyThatBreaksOffIsNeverTakenForAWholeOne(String rest) throws IOException {
    try (RawClient client = RawClient.to(listener)) {
      client.send(post("/stubborn", rest)).sendEnd();
      assertThat(client.answersToTheEnd())
          .singleElement()
          .extracting(RawAnswer::status)
          .isEqualTo(400);
    }
  }

  @Test
  void whereNoBodyIsTakenNoneIs() throws IOException {
    try (RawClient client = RawClient.to(listener)) {
      client.send("GET /ok HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
      assertThat(client.answer().status()).isEqualTo(413);
      client.send("GET /ok HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void aShortRestThatNobodyReadsIsThrownAwayAndTheConnectionGoesOn() throws IOException {
    try (RawClient client = RawClient.to(listener)) {
      client.send(post("/unread", "Content-Length: 60000\r\n\r\n" + "x".repeat(60_000)));
      assertThat(client.answer().status()).isEqualTo(401);
      client.send(post("/unread", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"));
      assertThat(client.answer().status()).isEqualTo(401);
      assertThat(client.get("/ok").status()).isEqualTo(200);
    }
  }

  @Test
  void aLongRestThatNobodyReadsEndsTheConnection() throws IOException {
    try (RawClient client = RawClient.to(listener)) {
      client.send(post("/unread", "Content-Length: 100000\r\n\r\n" + "x".repeat(50_000)));
      RawAnswer answer = client.answer();
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("Connection")).isEqualTo("close");
      assertThat(client.ended()).isTrue();
    }
  }

  /** Nothing but its length ends it here, for there is a minute for it. */
  @Test
  void aRestOfUnknownLengthIsThrownAwayUpToALimit() throws IOException {
    ListenerTerms terms = new ListenerTerms(Stage.PATIENT, Stage.WIDE);
    try (HttpListener patient = stage.listen(terms, System::nanoTime);
        RawClient client = RawClient.to(patient)) {
      client.send(
          post(
              "/unread",
              "Transfer-Encoding: chunked\r\n\r\nfffff\r\n%s".formatted("x".repeat(70_000))));
      assertThat(client.answer().status()).isEqualTo(401);
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void theClientIsToldToGoOnOnlyWhenSomebodyReads() throws IOException {
    try (RawClient client = RawClient.to(listener)) {
      client.send(post("/echo", "Content-Length: 5\r\nExpect: 100-Continue\r\n\r\n"));
      assertThat(client.answer().status()).isEqualTo(100);
      client.send("hello");
      assertThat(client.answer().body()).isEqualTo("hello");
      assertThat(client.get("/ok").status()).isEqualTo(200);
    }
    try (RawClient client = RawClient.to(listener)) {
      client.send(post("/unread", "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n"));
      assertThat(client.answer().status()).isEqualTo(401);
      assertThat(client.ended()).isTrue();
    }
    try (RawClient client = RawClient.to(listener)) {
      client.send(post("/echo", "Content-Length: 100001\r\nExpect: 100-continue\r\n\r\n"));
      assertThat(client.answer().status()).isEqualTo(413);
      assertThat(client.ended()).isTrue();
    }
  }
}
