package dev.mystical.scanner.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.http.ListenerTerms.Times;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clients that take their time. */
class DeadlinesIT {
  private static final Duration LONG = Stage.LONG;
  private static final Duration SHORT = Stage.SHORT;

  private final Stage stage = new Stage();

  private HttpListener listen(Times times) {
    return stage.listen(new ListenerTerms(times, Stage.WIDE), System::nanoTime);
  }

  @Test
  void aClientThatSaysNothingIsClosedWithoutAWord() throws IOException {
    try (HttpListener listener = listen(new Times(SHORT, LONG, LONG, LONG, LONG));
        RawClient client = RawClient.to(listener)) {
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void aClientThatAsksForNothingMoreIsClosedWithoutAWord() throws IOException {
    try (HttpListener listener = listen(new Times(LONG, LONG, SHORT, LONG, LONG));
        RawClient client = RawClient.to(listener)) {
      assertThat(client.get("/ok").status()).isEqualTo(200);
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void aHeadThatDoesNotComeInTimeIsRefused() throws IOException {
    try (HttpListener listener = listen(new Times(LONG, SHORT, LONG, LONG, LONG));
        RawClient client = RawClient.to(listener)) {
      client.send("GET /ok HTTP/1.1\r\nHost: x\r\nX-Slow: ");
      RawAnswer answer = client.answer();
      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(answer.header("Connection")).isEqualTo("close");
      assertThat(client.ended()).isTrue();
    }
  }

  /** However steadily its bytes come: the time is for all of it. */
  @Test
  void aByteNowAndThenDoesNotStretchTheTimeForTheHead() throws IOException {
    HandClock clock = new HandClock();
    try (HttpListener listener = stage.listen(ListenerTerms.standard(), clock);
        RawClient slow = RawClient.to(listener)) {
      slow.send("GET /ok HTTP/1.1\r\nHost: x\r\nX-Slow: ");
      int sent = 0;
      while (slow.silent() && sent < 15_000) {
        slow.send("x");
        sent++;
        clock.advance(Duration.ofSeconds(1));
        try (RawClient quick = RawClient.to(listener)) {
          assertThat(quick.get("/ok").status()).isEqualTo(200);
        }
      }
      assertThat(slow.answer().status()).isEqualTo(408);
    }
  }

  @Test
  void aRestThatDoesNotComeIsNotWaitedForLong() throws IOException {
    try (HttpListener listener = listen(new Times(LONG, LONG, LONG, LONG, SHORT));
        RawClient client = RawClient.to(listener)) {
      client.send("POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(401);
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void aClientThatIsSentAwayAndStaysIsCut() throws IOException {
    try (HttpListener listener = listen(new Times(LONG, LONG, LONG, LONG, SHORT));
        RawClient client = RawClient.to(listener)) {
      client.send("BROKEN\r\n");
      assertThat(client.answer().status()).isEqualTo(400);
      // Long before so much was read that this alone would end it.
      assertThat(sendsUntilItIsCut(client)).isLessThan(1_000_000);
    }
  }

  private static int sendsUntilItIsCut(RawClient client) {
    int sent = 0;
    while (true) {
      try {
        client.send("x");
        sent++;
      } catch (IOException e) {
        return sent;
      }
    }
  }
}
