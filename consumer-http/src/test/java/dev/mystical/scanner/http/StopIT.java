package dev.mystical.scanner.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** How the listener ends. */
class StopIT {
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);
  private final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
  private final Stage stage =
      new Stage(
          Route.of(
              "GET",
              "/live",
              request ->
                  Answer.live(
                      "text/event-stream",
                      out -> {
                        out.write(": hello\n\n".getBytes(UTF_8));
                        out.flush();
                        entered.countDown();
                        try {
                          never.await();
                        } finally {
                          ended.countDown();
                        }
                      })),
          Route.of(
              "GET",
              "/report",
              request ->
                  Answer.streamed(
                      200,
                      "text/plain",
                      out -> {
                        entered.countDown();
                        // The listener has begun to close when live streams have ended.
                        ended.await();
                        out.write("report".getBytes(UTF_8));
                      })),
          Route.of(
              "GET",
              "/stuck",
              request -> {
                entered.countDown();
                try {
                  never.await();
                } catch (InterruptedException e) {
                  interrupted.complete(true);
                  throw e;
                }
                return Answer.empty(204);
              }));

  @Test
  void aLiveStreamEndsAtOnceAndProperly() throws IOException, InterruptedException {
    HttpListener listener = stage.listen();
    try (RawClient client = RawClient.to(listener)) {
      client.send("GET /live HTTP/1.1\r\nHost: x\r\n\r\n");
      client.answerWithoutBody();
      assertThat(client.chunk()).isEqualTo(": hello\n\n");
      listener.stop(GRACE);
      assertThat(client.chunk()).isEmpty();
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void whatIsBeingAnsweredIsFinishedAndWhatWaitsIsClosed()
      throws IOException, InterruptedException {
    HttpListener listener = stage.listen();
    try (RawClient live = RawClient.to(listener);
        RawClient report = RawClient.to(listener);
        RawClient idle = RawClient.to(listener);
        RawClient half = RawClient.to(listener)) {
      assertThat(idle.get("/ok").status()).isEqualTo(200);
      half.send("GET /ok HTTP/1.1\r\n");
      live.send("GET /live HTTP/1.1\r\nHost: x\r\n\r\n");
      live.answerWithoutBody();
      live.chunk();
      report.send("GET /report HTTP/1.1\r\nHost: x\r\n\r\n");
      report.answerWithoutBody();
      listener.stop(GRACE);
      assertThat(report.chunk()).isEqualTo("report");
      assertThat(report.chunk()).isEmpty();
      assertThat(report.ended()).isTrue();
      assertThat(idle.ended()).isTrue();
      assertThat(half.ended()).isTrue();
    }
  }

  @Test
  void whatDoesNotFinishInTimeIsCutOff()
      throws IOException, InterruptedException, ExecutionException {
    HttpListener listener = stage.listen();
    try (RawClient client = RawClient.to(listener)) {
      client.send("GET /stuck HTTP/1.1\r\nHost: x\r\n\r\n");
      entered.await();
      listener.stop(Duration.ofMillis(1));
      assertThat(interrupted.get()).isTrue();
      listener.close();
    }
  }
}
