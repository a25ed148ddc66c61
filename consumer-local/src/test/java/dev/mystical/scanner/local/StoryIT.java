package dev.mystical.scanner.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mystical.scanner.local.scanner.LocalProvider;
import dev.mystical.scanner.local.scanner.LocalProviders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The whole story with real parts: a request over HTTP, the queue, a task, real SpotBugs under the
 * agent, its report over HTTP, the verdict, and a webhook whose signature another implementation
 * verifies.
 */
class StoryIT {
  private static final Path SAMPLE = LocalServer.PROJECT.resolve("samples/vulnerable-java");
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final HttpServer receiver = receiver();

  private record Received(Map<String, List<String>> headers, String body) {}

  private HttpServer receiver() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", this::receive);
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void close() {
    receiver.stop(0);
  }

  @Test
  void fromTheRequestToTheSignedWebhook()
      throws IOException, InterruptedException, WebhookVerificationException {
    List<LocalProvider> providers =
        LocalProviders.find(LocalServer.PROJECT, LocalServer.PROJECT, System.getenv());
    try (LocalServer server = LocalServer.start(providers, Map.of("WEBHOOK_SECRET", SECRET))) {
      story(server);
    }
  }

  private void story(LocalServer server)
      throws IOException, InterruptedException, WebhookVerificationException {
    ObjectNode request = ShellScanner.request(SAMPLE, List.of("spotbugs"));
    request
        .putObject("callback")
        .put("url", "http://127.0.0.1:%d/hooks".formatted(receiver.getAddress().getPort()));
    String self = server.submit(request);

    // The stream ends with the scan.
    String events = server.events(self);
    assertThat(events)
        .containsSubsequence(
            "scan.queued", "run.launched", "run.running", "run.ended", "scan.ended");

    JsonNode scan = server.json(self);
    assertThat(scan.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(scan.path("coverage").asText()).isEqualTo("full");
    assertThat(scan.path("verdict").asText()).isEqualTo("FAIL");
    assertThat(scan.path("summary").path("high").asInt()).isPositive();

    JsonNode sarif = server.json(self + "/report");
    assertThat(sarif.path("version").asText()).isEqualTo("2.1.0");
    assertThat(StreamSupport.stream(sarif.at("/runs/0/results").spliterator(), false))
        .allSatisfy(result -> {
          assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri").asText())
              .startsWith("src/main/java/");
          assertThat(result.path("partialFingerprints")).isNotEmpty();
        });

    Received webhook = received.poll(60, TimeUnit.SECONDS);
    assertThat(webhook).isNotNull();
    verify(Objects.requireNonNull(webhook));
    JsonNode told = LocalServer.JSON.readTree(webhook.body());
    assertThat(told.path("type").asText()).isEqualTo("dev.mystical.scanner.scan.ended");
    assertThat(told.at("/data/verdict").asText()).isEqualTo("FAIL");
    assertThat(told.at("/data/scanId").asText()).isEqualTo(scan.path("scanId").asText());
  }

  private static void verify(Received webhook) throws WebhookVerificationException {
    new Webhook(SECRET)
        .verify(webhook.body(), HttpHeaders.of(webhook.headers(), (name, value) -> true));
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      received.add(new Received(Map.copyOf(exchange.getRequestHeaders()), body));
      exchange.sendResponseHeaders(204, -1);
    }
  }
}
