package dev.mystical.scanner.stand.ecs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One call of the ECS JSON 1.1 protocol as it came over HTTP. */
record Call(String operation, String body, String authorization, String source, String sdkRequest) {

  private static final String SERVICE = "AmazonEC2ContainerServiceV20141113.";
  private static final int MOST_BYTES = 1 << 20;
  private static final Pattern CREDENTIAL =
      Pattern.compile("AWS4-HMAC-SHA256 .*Credential=([^/, ]+)/[^, ]*/ecs/aws4_request.*");

  static Call read(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
    String target = header(exchange, "X-Amz-Target");
    return new Call(
        target.startsWith(SERVICE) ? target.substring(SERVICE.length()) : "",
        bytes.length > MOST_BYTES ? "" : new String(bytes, UTF_8),
        header(exchange, "Authorization"),
        String.valueOf(exchange.getRemoteAddress()),
        header(exchange, "amz-sdk-request"));
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  /**
   * Who signed it. The signature itself is not verified: the stand knows no secret.
   *
   * @throws EcsError where it is not signed for ECS ("Common Errors", API Reference)
   */
  String accessKeyId() {
    if (authorization.isEmpty()) {
      throw EcsError.of(400, "MissingAuthenticationTokenException", "Missing Authentication Token");
    }
    Matcher signed = CREDENTIAL.matcher(authorization);
    if (!signed.matches()) {
      throw EcsError.of(
          400, "IncompleteSignatureException", "Authorization header is not signed for ecs.");
    }
    return signed.group(1);
  }

  /** What the conditions of a fault are compared with. */
  Map<String, String> facts(ObjectNode request) {
    Map<String, String> facts = new HashMap<>();
    for (String field : new String[] {"startedBy", "taskDefinition", "clientToken", "cluster"}) {
      facts.put(field, Json.text(request, field));
    }
    String provider =
        Json.text(request.path("capacityProviderStrategy").path(0), "capacityProvider");
    facts.put("capacityProvider", provider.isEmpty() ? Json.text(request, "launchType") : provider);
    facts.put(
        "subnet",
        String.join(
            ",",
            Json.texts(
                request.path("networkConfiguration").path("awsvpcConfiguration"), "subnets")));
    String task = Json.text(request, "task");
    facts.put("task", task.isEmpty() ? String.join(",", Json.texts(request, "tasks")) : task);
    facts.put("accessKeyId", accessKeyId());
    return facts;
  }

  RunTaskCall noted(ObjectNode request) {
    return new RunTaskCall(
        body,
        Json.text(request, "clientToken"),
        Json.text(request, "startedBy"),
        accessKeyId(),
        source,
        sdkRequest);
  }
}
