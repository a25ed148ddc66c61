package dev.mystical.scanner.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Calls the API, and holds every answer against the API's description. For one thread. */
final class ApiClient implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI server;

  /** Which call was answered how. */
  private final Set<String> seen;

  ApiClient(URI server, Set<String> seen) {
    this.server = server;
    this.seen = seen;
  }

  /** A place for what the clients of many tests see. */
  static Set<String> nothingSeen() {
    return Collections.synchronizedSet(new TreeSet<>());
  }

  Reply get(String key, String path, String... headers) throws IOException, InterruptedException {
    return call("GET", key, path, "", headers);
  }

  Reply post(String key, String path, String... headers) throws IOException, InterruptedException {
    return call("POST", key, path, "", headers);
  }

  Reply postJson(String key, String path, String document, String... headers)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Content-Type", "application/json"));
    return call("POST", key, path, document, all.toArray(String[]::new));
  }

  Reply call(String method, String key, String path, String body, String... headers)
      throws IOException, InterruptedException {
    return call(method, key, path, body.getBytes(UTF_8), headers);
  }

  Reply call(String method, String key, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        http.send(
            request(method, key, path, body, headers), HttpResponse.BodyHandlers.ofByteArray());
    Reply reply = new Reply(response.statusCode(), response.headers(), response.body());
    check(method, path, reply);
    return reply;
  }

  /** Opens a stream of events, of which the caller reads as many as it wants. */
  EventStream follow(String key, String path, String... headers)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        http.send(
            request("GET", key, path, new byte[0], headers),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    check("GET", path, new Reply(200, response.headers(), "\"\"".getBytes(UTF_8)));
    return new EventStream(response.body());
  }

  private HttpRequest request(
      String method, String key, String path, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + path))
            .timeout(PATIENCE)
            .method(
                method,
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }

  private void check(String method, String path, Reply reply) throws IOException {
    String plain = path.split("\\?", 2)[0];
    if (method.equals("HEAD")) {
      // It is GET without a body, and not described beside it.
      return;
    }
    Optional<OpenApi.Operation> operation = OpenApi.THE_ONE.operation(method, plain);
    if (operation.isEmpty()) {
      assertThat(reply.status()).as("%s %s", method, plain).isIn(404, 405, 400);
      OpenApi.THE_ONE.check(new OpenApi.SchemaName("Problem"), reply.text());
      return;
    }
    OpenApi.Description description = OpenApi.THE_ONE.description(operation.get(), reply.status());
    if (!description.status().equals("default")) {
      seen.add(operation.get().id() + " " + description.status());
    }
    headers(description, reply);
    body(description, reply);
  }

  private static void headers(OpenApi.Description description, Reply reply) {
    description
        .node()
        .path("headers")
        .properties()
        .forEach(header -> {
          JsonNode described = OpenApi.THE_ONE.resolved(header.getValue());
          Optional<String> value = reply.header(header.getKey());
          if (described.path("required").asBoolean()) {
            assertThat(value).as(header.getKey()).isPresent();
          }
          value.ifPresent(it -> {
            JsonNode schema = described.path("schema");
            assertThat(it)
                .matches(schema.path("pattern").asText(".*").replaceAll("^\\^|\\$$", "") + ".*");
          });
        });
  }

  private static void body(OpenApi.Description description, Reply reply) throws IOException {
    JsonNode content = description.node().path("content");
    if (content.isMissingNode()) {
      assertThat(reply.bytes()).as("body of %s", description.place()).isEmpty();
      return;
    }
    String type = reply.header("Content-Type").orElse("").split(";", 2)[0];
    assertThat(content.has(type)).as("%s has %s", description.place(), type).isTrue();
    if (type.endsWith("json")) {
      OpenApi.THE_ONE.checkBody(description, type, new String(reply.unpacked(), UTF_8));
    }
  }

  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
