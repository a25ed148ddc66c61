package dev.mystical.scanner.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.stand.ecs.LocalEcsSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is accepted is in the queue, whatever else is away; what is not is not. */
class ApiOutageIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern ID = Pattern.compile("\"scanId\":\"([A-Za-z0-9_-]+)\"");
  private static final String REQUEST =
      """
      {"project": {"key": "payments"},
       "target": {"type": "git", "url": "https://git.example.com/acme/payments.git"},
       "providers": ["sonar"]}
      """;

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void scansAreAcceptedWhileRedisIsAwayAndRunOnceItIsBack()
      throws IOException, InterruptedException {
    try (SystemStand stand = stand()) {
      Replica replica = stand.replica(settings(stand)).ready();
      stand.redis().stop();

      HttpResponse<String> first = submit(replica, "key 1");
      HttpResponse<String> again = submit(replica, "key 1");
      HttpResponse<String> other = submit(replica, "key 2");

      assertThat(List.of(first.statusCode(), again.statusCode(), other.statusCode()))
          .containsOnly(202);
      assertThat(id(again)).isEqualTo(id(first));
      HttpResponse<String> unknown = get(replica, "/v1/scans/" + id(first));
      assertThat(unknown.statusCode()).isEqualTo(503);
      assertThat(unknown.headers().firstValue("Retry-After")).isPresent();

      stand.redis().restart();
      try (Settlement settlement = new Settlement(stand)) {
        assertThat(settlement.awaitEnded(List.of(id(first), id(other)), PATIENCE)).hasSize(2);
      }
      stand.awaitEmpty(PATIENCE);
      assertThat(stand.ecs().tasks()).as("a repeat starts no task").hasSize(2);
      assertThat(get(replica, "/v1/scans/" + id(first)).body()).contains("\"SUCCEEDED\"");
    }
  }

  @Test
  void nothingIsHalfAcceptedWhileTheQueueIsAway() throws IOException, InterruptedException {
    try (SystemStand stand = stand()) {
      Replica replica = stand.replica(settings(stand)).ready();
      stand.sqs().outage();

      HttpResponse<String> refused = submit(replica, "key 1");

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(get(replica, "/v1/scans").body()).isEqualTo("{\"items\":[]}");

      stand.sqs().heal();
      HttpResponse<String> accepted = submit(replica, "key 1");
      assertThat(accepted.statusCode()).isEqualTo(202);
      try (Settlement settlement = new Settlement(stand)) {
        assertThat(settlement.awaitEnded(List.of(id(accepted)), PATIENCE)).hasSize(1);
      }
      assertThat(stand.ecs().tasks()).hasSize(1);
    }
  }

  private SystemStand stand() throws InterruptedException {
    return SystemStand.start(folder, LocalEcsSettings.defaults(), Duration.ofSeconds(10));
  }

  private static Map<String, String> settings(SystemStand stand) {
    return stand.quick();
  }

  private HttpResponse<String> submit(Replica replica, String key)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(replica.address().resolve("/v1/scans"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(REQUEST))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(Replica replica, String path)
      throws IOException, InterruptedException {
    URI uri = replica.address().resolve(path);
    return http.send(
        HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String id(HttpResponse<String> answer) {
    Matcher id = ID.matcher(answer.body());
    assertThat(id.find()).as(answer.body()).isTrue();
    return id.group(1);
  }
}
