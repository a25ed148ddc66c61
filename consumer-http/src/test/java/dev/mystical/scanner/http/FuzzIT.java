package dev.mystical.scanner.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Requests that are broken in ways that nobody thought of. */
class FuzzIT {
  private static final int REQUESTS = 2_000;
  private static final long SEED = 20_260_102;
  private static final Set<Integer> OUR_FAULT = Set.of(500, 502, 503, 504);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String CHUNKS = "5;a=b\r\nhello\r\n3\r\nabc\r\n0\r\nX: y\r\n\r\n";

  private static final List<String> WHOLE =
      List.of(
          "GET /ok?a=b%20c HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n",
          "PUT /ok HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
          "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello",
          "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKS,
          "POST /unread HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
          "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
          "GET /ok HTTP/1.0\r\n\r\n");

  private static final List<String> BITS =
      List.of(
          "\r\n",
          "\n",
          "\r",
          "\u0000",
          " ",
          "\t",
          ":",
          "%",
          "%2",
          "/",
          "//",
          "..",
          "?",
          "#",
          "Content-Length: 7\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Host: y\r\n",
          "HTTP/1.1",
          "\u00ff",
          "0\r\n\r\n",
          "-1",
          "99999999999999999999",
          "Expect: 100-continue\r\n",
          "\u007f");

  private final Logger logger =
      (Logger) LoggerFactory.getLogger(HttpListener.class.getPackageName());
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private int answers;
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

  @BeforeEach
  void listenToLog() {
    log.start();
    logger.setLevel(Level.DEBUG);
    logger.addAppender(log);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  @Test
  void noRequestBreaksTheListener() throws IOException {
    try (HttpListener listener = new Stage().listen()) {
      for (int i = 0; i < REQUESTS; i++) {
        String request = broken();
        try (RawClient client = RawClient.to(listener)) {
          client.send(request).sendEnd();
          assertAnswersAreGood(client, request);
        }
      }
      try (RawClient client = RawClient.to(listener)) {
        assertThat(client.get("/ok").status()).isEqualTo(200);
      }
    }
    assertThat(answers).isGreaterThan(REQUESTS / 2);
    assertThat(logged())
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
        .extracting(ILoggingEvent::getMessage)
        .containsExactly("api listening on {}");
  }

  /** Threads of closed connections may still have something to say. */
  private List<ILoggingEvent> logged() {
    logger.detachAppender(log);
    log.stop();
    synchronized (log) {
      return List.copyOf(log.list);
    }
  }

  private void assertAnswersAreGood(RawClient client, String request) throws IOException {
    while (!client.ended()) {
      RawAnswer answer;
      try {
        answer = client.answer();
      } catch (SocketException e) {
        // It was closed on what the client still had to say.
        return;
      }
      answers++;
      String what = "%s%nseed %d: %s".formatted(answer, SEED, request);
      assertThat(OUR_FAULT).as(what).doesNotContain(answer.status());
      if (answer.status() >= 400) {
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(answer.header("Content-Type")).as(what).isEqualTo("application/problem+json");
        assertThat(problem.path("status").asInt()).as(what).isEqualTo(answer.status());
        assertThat(problem.path("title").asText()).as(what).isNotEmpty();
      }
    }
  }

  private String broken() {
    StringBuilder request = new StringBuilder(pick(WHOLE));
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(request.length() + 1);
      int to = Math.min(request.length(), at + random.nextInt(8));
      switch (random.nextInt(6)) {
        case 0 -> request.insert(at, pick(BITS));
        case 1 -> request.delete(at, to);
        case 2 -> request.replace(at, to, pick(BITS));
        case 3 -> request.insert(at, (char) random.nextInt(256));
        case 4 -> request.insert(at, request.substring(at, to));
        default -> request.append(pick(WHOLE));
      }
    }
    if (random.nextInt(20) == 0) {
      request.insert(random.nextInt(request.length() + 1), "x".repeat(random.nextInt(20_000)));
    }
    if (random.nextInt(5) == 0) {
      request.setLength(random.nextInt(request.length() + 1));
    }
    return request.toString();
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
