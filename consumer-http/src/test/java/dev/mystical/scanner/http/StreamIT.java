package dev.mystical.scanner.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.mystical.scanner.http.ListenerTerms.Times;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Answers that are written while they are read. */
class StreamIT {
  private static final String HELLO = "hello";

  private final Logger logger = (Logger) LoggerFactory.getLogger(Exchange.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final CompletableFuture<IOException> cut = new CompletableFuture<>();
  private final Stage stage =
      new Stage(
          streamed("/waits", this::waits),
          streamed("/endless", this::endless),
          streamed("/breaks", StreamIT::breaks),
          Route.of(
              "GET",
              "/fails/{id}",
              request -> {
                throw new IllegalStateException("secret");
              }));

  private static Route streamed(String path, BodyWriter writer) {
    return Route.of("GET", path, request -> Answer.streamed(200, "text/plain", writer));
  }

  @BeforeEach
  void listenToLog() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
  }

  private void waits(OutputStream out) throws IOException, InterruptedException {
    out.write(HELLO.getBytes(UTF_8));
    out.flush();
    goOn.await();
    out.write("x".repeat(30_000).getBytes(UTF_8));
    out.write('!');
  }

  private void endless(OutputStream out) throws IOException {
    byte[] bytes = new byte[64 * 1024];
    try {
      while (true) {
        out.write(bytes);
      }
    } catch (IOException e) {
      cut.complete(e);
      throw e;
    }
  }

  private static void breaks(OutputStream out) throws IOException {
    try (out) {
      out.write(HELLO.getBytes(UTF_8));
      throw new IllegalStateException("secret");
    }
  }

  @Test
  void whatIsFlushedIsThereBeforeTheEnd() throws IOException {
    try (HttpListener listener = stage.listen();
        RawClient client = RawClient.to(listener)) {
      client.send("GET /waits HTTP/1.1\r\nHost: x\r\n\r\n");
      RawAnswer head = client.answerWithoutBody();
      assertThat(head.header("Transfer-Encoding")).isEqualTo("chunked");
      assertThat(head.headerNames()).doesNotContain("Content-Length");
      assertThat(client.chunk()).isEqualTo(HELLO);
      goOn.countDown();
      StringBuilder rest = new StringBuilder();
      for (String chunk = client.chunk(); !chunk.isEmpty(); chunk = client.chunk()) {
        rest.append(chunk);
      }
      assertThat(rest.toString()).isEqualTo("x".repeat(30_000) + "!");
      assertThat(client.get("/ok").body()).isEqualTo("ok");
    }
  }

  @Test
  void anOldClientKnowsTheEndOfAStreamByTheConnections() throws IOException {
    goOn.countDown();
    try (HttpListener listener = stage.listen();
        RawClient client = RawClient.to(listener)) {
      client.send("GET /waits HTTP/1.0\r\n\r\n");
      RawAnswer answer = client.answer();
      assertThat(answer.headerNames()).doesNotContain("Transfer-Encoding", "Content-Length");
      assertThat(answer.body()).startsWith(HELLO + "x").endsWith("x!").hasSize(30_006);
    }
  }

  @Test
  void aStreamIsNotWrittenForItsHeadersAlone() throws IOException {
    try (HttpListener listener = stage.listen();
        RawClient client = RawClient.to(listener)) {
      assertThat(client.ask("HEAD", "/endless").status()).isEqualTo(200);
      assertThat(client.get("/ok").body()).isEqualTo("ok");
    }
  }

  @Test
  void aStreamThatBreaksOffIsNeverTakenForAWholeOne() throws IOException {
    try (HttpListener listener = stage.listen();
        RawClient client = RawClient.to(listener)) {
      client.send("GET /breaks HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThatThrownBy(
              () -> {
                client.answer();
                throw new IllegalStateException("a whole answer");
              })
          .isInstanceOfAny(EOFException.class, java.net.SocketException.class);
    }
    try (HttpListener listener = stage.listen();
        RawClient old = RawClient.to(listener)) {
      old.send("GET /breaks HTTP/1.0\r\n\r\n");
      assertThatThrownBy(old::answer).isInstanceOf(java.net.SocketException.class);
    }
  }

  @Test
  void aClientThatReadsNothingIsCut() throws IOException, ExecutionException, InterruptedException {
    Times times = new Times(Stage.LONG, Stage.LONG, Stage.LONG, Stage.SHORT, Stage.LONG);
    try (HttpListener listener =
            stage.listen(new ListenerTerms(times, Stage.WIDE), System::nanoTime);
        RawClient client = RawClient.narrow(listener)) {
      client.send("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(cut.get()).isInstanceOf(IOException.class);
    }
    assertThat(logged()).isEmpty();
  }

  @Test
  void aHandlerThatFailsIsLoggedOnceByItsTemplateAndAnsweredWithoutItsText() throws IOException {
    try (HttpListener listener = stage.listen();
        RawClient client = RawClient.to(listener)) {
      RawAnswer answer = client.get("/fails/id-4711?key=hunter2");
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(answer.body()).doesNotContain("secret");
      assertThat(client.get("/ok").status()).isEqualTo(200);
    }
    assertThat(logged())
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .isEqualTo("event=http.failed method=GET route=/fails/{id}");
  }

  /** Connections may still have something to say. */
  private List<ILoggingEvent> logged() {
    synchronized (log) {
      return List.copyOf(log.list);
    }
  }
}
