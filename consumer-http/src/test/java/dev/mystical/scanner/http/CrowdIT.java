package dev.mystical.scanner.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.http.ListenerTerms.Room;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More clients than there is room for. */
class CrowdIT {
  private static final int MANY = 2_000;

  private final Deque<RawClient> crowd = new ArrayDeque<>();
  private final CountDownLatch entered = new CountDownLatch(2);
  private final CountDownLatch released = new CountDownLatch(1);
  private final Stage stage = new Stage(Route.of("GET", "/held", this::held), vital(), live());

  @AfterEach
  void leave() throws IOException {
    for (RawClient client : crowd) {
      client.close();
    }
  }

  private Answer held(Request request) throws InterruptedException {
    entered.countDown();
    released.await();
    return Answer.of(200, "text/plain", "held");
  }

  private static Route vital() {
    return new Route(
        "GET", "/alive", request -> Answer.empty(204), BodyTerms.NONE, Route.Rank.VITAL);
  }

  private RawClient comes(HttpListener listener) throws IOException {
    RawClient client = RawClient.to(listener);
    crowd.add(client);
    return client;
  }

  /** Each sends a byte a second; the clock is moved, so that it takes no seconds. */
  @Test
  void twoThousandSlowClientsKeepNobodyOutAndAreAllCut() throws IOException {
    HandClock clock = new HandClock();
    try (HttpListener listener = stage.listen(ListenerTerms.standard(), clock);
        RawClient normal = RawClient.to(listener)) {
      for (int i = 0; i < MANY; i++) {
        comes(listener).send("GET /ok HTTP/1.1\r\nHost: x\r\nX-Slow: ");
      }
      for (int second = 0; second < 9; second++) {
        clock.advance(Duration.ofSeconds(1));
        for (RawClient slow : crowd) {
          slow.send("x");
        }
        assertThat(normal.get("/ok").status()).isEqualTo(200);
        try (RawClient other = RawClient.to(listener)) {
          assertThat(other.get("/ok").status()).isEqualTo(200);
        }
      }
      clock.advance(Duration.ofSeconds(30));
      for (RawClient slow : crowd) {
        assertThat(slow.answersToTheEnd())
            .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(408));
      }
      try (RawClient other = RawClient.to(listener)) {
        assertThat(other.get("/ok").status()).isEqualTo(200);
      }
    }
  }

  /** The time stands still, so that room is made by nothing but the rule for it. */
  @Test
  void whenThereIsNoRoomTheSlowestGoFirst() throws IOException {
    ListenerTerms terms = new ListenerTerms(Stage.PATIENT, new Room(100, 100, 50));
    try (HttpListener listener = stage.listen(terms, new HandClock())) {
      for (int i = 0; i < MANY; i++) {
        comes(listener).send("GET /ok HTTP/1.1\r\nX-Slow: ");
        if (i % 50 == 0) {
          try (RawClient normal = RawClient.to(listener)) {
            assertThat(normal.get("/ok").status()).isEqualTo(200);
          }
        }
      }
      List<RawClient> last = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        last.add(crowd.removeLast());
      }
      for (RawClient client : last) {
        client.send("x\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(client.answersToTheEnd()).hasSize(1);
        client.close();
      }
      for (int i = 0; i < MANY - 200; i++) {
        try (RawClient gone = crowd.removeFirst()) {
          assertThat(gone.ended()).isTrue();
        }
      }
    }
  }

  @Test
  void aRequestTooManyIsToldSoAndWhetherWeLiveIsAnsweredAllTheSame()
      throws IOException, InterruptedException {
    ListenerTerms terms = new ListenerTerms(Stage.PATIENT, new Room(100, 100, 2));
    try (HttpListener listener = stage.listen(terms, System::nanoTime)) {
      RawClient first = comes(listener).send("GET /held HTTP/1.1\r\nHost: x\r\n\r\n");
      RawClient second = comes(listener).send("GET /held HTTP/1.1\r\nHost: x\r\n\r\n");
      entered.await();
      RawClient third = comes(listener);
      RawAnswer refused = third.get("/ok");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      assertThat(third.get("/alive").status()).isEqualTo(204);
      released.countDown();
      assertThat(first.answer().body()).isEqualTo("held");
      assertThat(second.answer().body()).isEqualTo("held");
      assertThat(first.get("/ok").status()).isEqualTo(200);
      assertThat(second.get("/ok").status()).isEqualTo(200);
      assertThat(third.get("/ok").status()).isEqualTo(200);
    }
  }

  /** Those who listen take no one's place, however many they are. */
  @Test
  void aLiveStreamIsNoRequestTooMany() throws IOException {
    ListenerTerms terms = new ListenerTerms(Stage.PATIENT, new Room(100, 100, 1));
    try (HttpListener listener = stage.listen(terms, System::nanoTime)) {
      for (int i = 0; i < 3; i++) {
        RawClient live = comes(listener).send("GET /live HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(live.answerWithoutBody().status()).isEqualTo(200);
        assertThat(live.chunk()).isEqualTo("begun");
      }
      assertThat(comes(listener).get("/ok").status()).isEqualTo(200);
      released.countDown();
    }
  }

  private Route live() {
    return Route.of(
        "GET",
        "/live",
        request ->
            Answer.live(
                "text/plain",
                out -> {
                  out.write("begun".getBytes(UTF_8));
                  out.flush();
                  released.await();
                }));
  }
}
