package dev.mystical.scanner.http.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.live.EntryId;
import dev.mystical.scanner.domain.live.EntryLog;
import dev.mystical.scanner.domain.live.InMemoryEntryLog;
import dev.mystical.scanner.http.Answer;
import dev.mystical.scanner.http.HttpListener;
import dev.mystical.scanner.http.Route;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A log that is told over HTTP while it grows. */
class LiveStreamIT {
  private final InMemoryEntryLog<Integer> log = new InMemoryEntryLog<>(InstantSource.system(), 100);

  @Test
  void whatHappensIsThereAtOnceAndTheEndIsAGoodOne() throws IOException, InterruptedException {
    try (LiveHub<Integer> hub = new LiveHub<>(log, "numbers", 10);
        HttpClient client = HttpClient.newHttpClient()) {
      HttpListener listener =
          HttpListener.start(
              "127.0.0.1", 0, List.of(Route.of("GET", "/numbers", request -> told(hub))));
      InputStream body =
          client
              .send(
                  HttpRequest.newBuilder(listener.address().resolve("/numbers"))
                      .timeout(Duration.ofSeconds(20))
                      .build(),
                  BodyHandlers.ofInputStream())
              .body();
      try (BufferedReader reader = new BufferedReader(new InputStreamReader(body, UTF_8))) {
        assertThat(reader.readLine()).isEqualTo("retry: 2000");
        assertThat(reader.readLine()).isEmpty();
        String first = log.append(1);
        assertThat(reader.readLine()).isEqualTo("event: number");
        assertThat(reader.readLine()).isEqualTo("id: " + first);
        assertThat(reader.readLine()).isEqualTo("data: 1");
        assertThat(reader.readLine()).isEmpty();
        listener.stop(Duration.ofSeconds(20));
        assertThat(reader.readLine()).isNull();
      }
      assertThat(hub.full()).isFalse();
    }
  }

  private static Answer told(LiveHub<Integer> hub) {
    return Answer.live(
        SseWriter.MEDIA_TYPE,
        new SseWriter<>(
            hub,
            Optional.of(EntryId.parse(EntryLog.START)),
            number -> true,
            number -> new SseWriter.Event("number", number.toString()),
            number -> false));
  }
}
