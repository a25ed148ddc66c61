package dev.mystical.scanner.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mystical.scanner.app.Server;
import dev.mystical.scanner.app.settings.Settings;
import dev.mystical.scanner.local.scanner.LocalProvider;
import dev.mystical.scanner.wire.RequestRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The whole system on this machine, and a client of its API. */
final class LocalServer implements AutoCloseable {
  static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private final HttpClient http = HttpClient.newHttpClient();
  private final LocalStand stand;
  private final Server server;

  private LocalServer(LocalStand stand, Server server) {
    this.stand = stand;
    this.server = server;
  }

  /** Starts all, with further settings. */
  static LocalServer start(List<LocalProvider> providers, Map<String, String> further)
      throws IOException, InterruptedException {
    LocalStand stand =
        LocalStand.start(providers, PROJECT.resolve("scanners/agent/agent"), event -> {});
    int port = freePort();
    Map<String, String> more = new TreeMap<>(further);
    more.put("HTTP_PORT", String.valueOf(port));
    more.put("PUBLIC_URL", "http://127.0.0.1:" + port);
    Settings settings = stand.settings(more);
    RequestRules rules =
        Server.rules(settings, RequestRules.PathTargets.ALLOWED).withOff(stand.off());
    return new LocalServer(stand, Server.start(settings, rules));
  }

  /** Sends a request; the accepted scan's own path. */
  String submit(JsonNode request) throws IOException, InterruptedException {
    HttpResponse<String> accepted =
        http.send(
            HttpRequest.newBuilder(server.address().resolve("/v1/scans"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    return accepted.headers().firstValue("Location").orElseThrow();
  }

  /** Follows a scan by its events, which end with it. */
  String events(String self) throws IOException, InterruptedException {
    return get(self + "/events");
  }

  /** Has a request carried out to its end. */
  JsonNode ended(JsonNode request) throws IOException, InterruptedException {
    String self = submit(request);
    var unused = events(self);
    return json(self);
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    return JSON.readTree(get(path));
  }

  private String get(String path) throws IOException, InterruptedException {
    URI uri = server.address().resolve(path);
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(uri).timeout(LONGEST).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(uri + ": " + answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    http.close();
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stand.close();
    }
  }
}
