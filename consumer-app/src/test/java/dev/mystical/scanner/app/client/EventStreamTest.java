package dev.mystical.scanner.app.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.retry.Backoff;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A wait that no nudge ends would outlast the tests. */
@Timeout(20)
class EventStreamTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final ClientTimes TIMES =
      new ClientTimes(
          LONG,
          LONG,
          LONG,
          new Backoff(Duration.ofMillis(2), Duration.ofMillis(4)),
          Duration.ofSeconds(45),
          LONG,
          LONG);

  private final BlockingQueue<InputStream> streams = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final EventStream events = stream(InstantSource.system());

  @AfterEach
  void stop() {
    events.close();
  }

  @Test
  void aStreamThatEndsIsOpenedAfterItsLastEvent() throws InterruptedException, IOException {
    streams.add(text("id: 5-0\ndata: a\n\n"));
    streams.add(text("id: 6-0\ndata: b\n\nid: 7-0\ndata: half"));
    streams.add(new PipedInputStream(new PipedOutputStream()));
    awaitOpening(3);
    assertThat(asked).containsExactly("", "5-0", "6-0");
  }

  @Test
  void aStreamThatBreaksIsOpenedAfterItsLastEvent() throws InterruptedException, IOException {
    streams.add(text("id: 5-0\ndata: a\n\ndata: " + "x".repeat(SseReader.LONGEST + 1)));
    streams.add(new PipedInputStream(new PipedOutputStream()));
    awaitOpening(2);
    assertThat(asked).containsExactly("", "5-0");
  }

  @Test
  void anEventEndsTheWait() throws InterruptedException, IOException {
    PipedOutputStream server = new PipedOutputStream();
    streams.add(new PipedInputStream(server));
    events.await(LONG);
    server.write("data: a\n\n".getBytes(UTF_8));
    server.flush();
    events.await(LONG);
    assertThat(asked).containsExactly("");
  }

  @Test
  void aStreamThatCannotBeOpenedIsTriedAgainAndAgain() throws InterruptedException, IOException {
    EventStream none =
        new EventStream(
            after -> {
              asked.add(after);
              if (asked.size() < 5) {
                throw new IOException("503");
              }
              return new PipedInputStream(new PipedOutputStream());
            },
            TIMES,
            InstantSource.system(),
            new Random(5));
    while (asked.size() < 5) {
      none.await(LONG);
    }
    none.close();
    assertThat(asked).containsExactly("", "", "", "", "");
  }

  @Test
  void aSilentStreamIsCutAndOpenedAgain() throws InterruptedException, IOException {
    EventStream watched = stream(now::get);
    PipedOutputStream server = new PipedOutputStream();
    streams.add(new PipedInputStream(server));
    streams.add(new PipedInputStream(new PipedOutputStream()));
    watched.await(LONG);
    server.write("id: 9-0\ndata: a\n\n".getBytes(UTF_8));
    server.flush();
    watched.await(LONG);

    now.set(Instant.EPOCH.plusSeconds(44));
    watched.await(Duration.ofNanos(1));
    assertThat(asked).containsExactly("");

    now.set(Instant.EPOCH.plusSeconds(46));
    // Ended by the connection's end.
    watched.await(LONG);
    now.set(Instant.EPOCH.plusSeconds(47));
    watched.await(LONG);
    watched.close();
    assertThat(asked).containsExactly("", "9-0");
  }

  @Test
  void withoutAnythingNewTheWaitEnds() throws InterruptedException, IOException {
    streams.add(new PipedInputStream(new PipedOutputStream()));
    events.await(LONG);
    events.await(Duration.ofMillis(1));
    assertThat(asked).containsExactly("");
  }

  private void awaitOpening(int openings) throws InterruptedException {
    while (asked.size() < openings) {
      events.await(LONG);
    }
  }

  private EventStream stream(InstantSource clock) {
    return new EventStream(
        after -> {
          asked.add(after);
          return streams.take();
        },
        TIMES,
        clock,
        new Random(5));
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
