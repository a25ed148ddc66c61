package dev.mystical.scanner.app.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A client that is made at run time out of the description that a server hands out, and of nothing
 * else: addresses, methods, parameters, bodies, credentials and answers are what it says. An answer
 * that is not as described is none.
 */
final class DescribedClient implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> credentials = new HashMap<>();
  private final Set<String> called = new TreeSet<>();
  private final URI base;
  private final ApiDocument document;
  private final ApiSchemas schemas;

  private DescribedClient(URI at, ApiDocument document) {
    this.document = document;
    this.base = at.resolve(document.server());
    this.schemas = new ApiSchemas(document);
  }

  /** A client of the server whose description is there. */
  static DescribedClient of(URI description) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(description).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofString());
      return new DescribedClient(description, ApiDocument.read(answer.body()));
    }
  }

  /** What is wanted of a call beside the least that it needs. */
  record Wish(Map<String, String> parameters, Map<String, JsonNode> members) {
    static Wish none() {
      return new Wish(Map.of(), Map.of());
    }

    static Wish with(String name, String value) {
      return none().and(name, value);
    }

    Wish and(String name, String value) {
      Map<String, String> more = new HashMap<>(parameters);
      more.put(name, value);
      return new Wish(more, members);
    }

    /** A member of the body, by its JSON pointer. */
    Wish member(String pointer, String json) {
      Map<String, JsonNode> more = new HashMap<>(members);
      more.put(pointer, parsed(json));
      return new Wish(parameters, more);
    }
  }

  /** An answer that is as it is described. */
  record Got(int status, HttpResponse<?> answer, JsonNode body) {
    String text(String pointer) {
      return body.at(pointer).asText();
    }
  }

  void credential(String scheme, String value) {
    credentials.put(scheme, value);
  }

  void noCredentials() {
    credentials.clear();
  }

  Got call(String id, Wish wish) throws IOException, InterruptedException {
    ApiDocument.Operation operation = operation(id);
    HttpResponse<InputStream> answer = send(operation, wish);
    String body;
    try (InputStream in = answer.body()) {
      body = new String(in.readAllBytes(), UTF_8);
    }
    return new Got(answer.statusCode(), answer, checked(operation, answer, body));
  }

  /** Begins a call whose answer goes on and on; whoever asks closes it. */
  HttpResponse<InputStream> open(String id, Wish wish) throws IOException, InterruptedException {
    return send(operation(id), wish);
  }

  /** That something is as a call's answers in a stream are. */
  void checkStreamed(String id, String data) {
    JsonNode described =
        document
            .response(operation(id), 200)
            .path("content")
            .path("text/event-stream")
            .path("x-data");
    assertThat(schemas.misfits(described, parsed(data), "")).as(data).isEmpty();
  }

  /** That something is as the server says that its webhooks are. */
  void checkWebhook(String name, String body) {
    JsonNode described =
        document.root().at("/webhooks/%s/post/requestBody/content".formatted(name));
    JsonNode schema = described.path("application/json").path("schema");
    assertThat(schemas.misfits(schema, parsed(body), "")).as(body).isEmpty();
  }

  Set<String> called() {
    return called;
  }

  Set<String> described() {
    return document.operations().keySet();
  }

  private ApiDocument.Operation operation(String id) {
    called.add(id);
    return Optional.ofNullable(document.operations().get(id))
        .orElseThrow(() -> new AssertionError(id + " is not described"));
  }

  private HttpResponse<InputStream> send(ApiDocument.Operation operation, Wish wish)
      throws IOException, InterruptedException {
    String path = operation.template();
    StringBuilder query = new StringBuilder();
    Map<String, String> headers = new HashMap<>();
    Map<String, String> left = new HashMap<>(wish.parameters());
    for (JsonNode parameter : document.parameters(operation)) {
      String name = parameter.path("name").asText();
      String value = left.remove(name);
      if (value == null) {
        assertThat(parameter.path("required").asBoolean()).as("%s is needed", name).isFalse();
        continue;
      }
      switch (parameter.path("in").asText()) {
        case "path" -> path = path.replace("{" + name + "}", encoded(value));
        case "query" ->
            query
                .append(query.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(encoded(value));
        case "header" -> headers.put(name, value);
        default -> throw new IllegalStateException("an unknown kind of parameter: " + parameter);
      }
    }
    assertThat(left).as("parameters that %s does not have", operation.id()).isEmpty();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path.substring(1) + query)).timeout(PATIENCE);
    headers.forEach(request::header);
    for (String scheme : document.security(operation).stream().toList()) {
      Optional.ofNullable(credentials.get(scheme))
          .ifPresent(credential ->
              request.header("Authorization", document.authorization(scheme, credential)));
    }
    return http.send(
        withBody(request, operation, wish).build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  private HttpRequest.Builder withBody(
      HttpRequest.Builder request, ApiDocument.Operation operation, Wish wish) {
    JsonNode content = operation.node().path("requestBody").path("content");
    if (content.isEmpty()) {
      return request.method(operation.method(), HttpRequest.BodyPublishers.noBody());
    }
    Map.Entry<String, JsonNode> first = content.properties().iterator().next();
    JsonNode body = schemas.sample(first.getValue().path("schema"));
    wish.members()
        .forEach((pointer, value) -> {
          int last = pointer.lastIndexOf('/');
          ((ObjectNode) body.at(pointer.substring(0, last)))
              .set(pointer.substring(last + 1), value);
        });
    return request
        .header("Content-Type", first.getKey())
        .method(operation.method(), HttpRequest.BodyPublishers.ofString(body.toString()));
  }

  private JsonNode checked(ApiDocument.Operation operation, HttpResponse<?> answer, String body) {
    JsonNode described = document.response(operation, answer.statusCode());
    for (Map.Entry<String, JsonNode> header : described.path("headers").properties()) {
      JsonNode needed = document.resolved(header.getValue());
      assertThat(answer.headers().firstValue(header.getKey()).isPresent())
          .as("%s of %s", header.getKey(), operation.id())
          .isEqualTo(needed.path("required").asBoolean());
    }
    String type = answer.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
    JsonNode content = described.path("content");
    if (content.isEmpty()) {
      assertThat(body).as("%s %s", operation.id(), answer.statusCode()).isEmpty();
      return JSON.nullNode();
    }
    assertThat(content.has(type)).as("%s of %s: %s", type, operation.id(), body).isTrue();
    JsonNode value = type.endsWith("json") ? parsed(body) : JSON.getNodeFactory().textNode(body);
    assertThat(schemas.misfits(content.path(type).path("schema"), value, ""))
        .as("%s %s: %s", operation.id(), answer.statusCode(), body)
        .isEmpty();
    return value;
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + json, e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
