package dev.mystical.scanner.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mystical.scanner.app.Server;
import dev.mystical.scanner.app.settings.Settings;
import dev.mystical.scanner.local.scanner.LocalProvider;
import dev.mystical.scanner.local.scanner.LocalProviders;
import dev.mystical.scanner.wire.RequestRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
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
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Path SAMPLE = PROJECT.resolve("samples/vulnerable-java");
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final HttpClient http = HttpClient.newHttpClient();
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
    http.close();
  }

  @Test
  void fromTheRequestToTheSignedWebhook()
      throws IOException, InterruptedException, WebhookVerificationException {
    List<LocalProvider> providers = LocalProviders.find(PROJECT, PROJECT, System.getenv());
    try (LocalStand stand =
        LocalStand.start(providers, PROJECT.resolve("scanners/agent/agent"), event -> {})) {
      int port = freePort();
      Settings settings =
          stand.settings(
              Map.of(
                  "HTTP_PORT",
                  String.valueOf(port),
                  "PUBLIC_URL",
                  "http://127.0.0.1:" + port,
                  "WEBHOOK_SECRET",
                  SECRET));
      Server server =
          Server.start(settings, Server.rules(settings, RequestRules.PathTargets.ALLOWED));
      try {
        story(server.address());
      } finally {
        server.stop();
      }
    }
  }

  private void story(URI api)
      throws IOException, InterruptedException, WebhookVerificationException {
    String hook = "http://127.0.0.1:%d/hooks".formatted(receiver.getAddress().getPort());
    String request =
        """
        {"project": {"key": "shop"}, "target": {"type": "path", "path": "%s"},
         "providers": ["spotbugs"], "callback": {"url": "%s"}}
        """
            .formatted(SAMPLE, hook);
    HttpResponse<String> accepted =
        http.send(
            HttpRequest.newBuilder(api.resolve("/v1/scans"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(request))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    String self = accepted.headers().firstValue("Location").orElseThrow();

    // The stream ends with the scan.
    String events = get(api.resolve(self + "/events"));
    assertThat(events)
        .containsSubsequence(
            "scan.queued", "run.launched", "run.running", "run.ended", "scan.ended");

    JsonNode scan = JSON.readTree(get(api.resolve(self)));
    assertThat(scan.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(scan.path("coverage").asText()).isEqualTo("full");
    assertThat(scan.path("verdict").asText()).isEqualTo("FAIL");
    assertThat(scan.path("summary").path("high").asInt()).isPositive();

    JsonNode sarif = JSON.readTree(get(api.resolve(self + "/report")));
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
    JsonNode told = JSON.readTree(webhook.body());
    assertThat(told.path("type").asText()).isEqualTo("dev.mystical.scanner.scan.ended");
    assertThat(told.at("/data/verdict").asText()).isEqualTo("FAIL");
    assertThat(told.at("/data/scanId").asText()).isEqualTo(scan.path("scanId").asText());
  }

  private static void verify(Received webhook) throws WebhookVerificationException {
    new Webhook(SECRET)
        .verify(webhook.body(), HttpHeaders.of(webhook.headers(), (name, value) -> true));
  }

  private String get(URI uri) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(3)).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(uri + ": " + answer.body()).isEqualTo(200);
    return answer.body();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      received.add(new Received(Map.copyOf(exchange.getRequestHeaders()), body));
      exchange.sendResponseHeaders(204, -1);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
