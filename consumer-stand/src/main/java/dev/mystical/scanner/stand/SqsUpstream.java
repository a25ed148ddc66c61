package dev.mystical.scanner.stand;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The server behind the proxy. Safe for use by many threads. */
final class SqsUpstream {

  /** The longest long poll is 20 s. */
  private static final Duration DEADLINE = Duration.ofSeconds(40);

  private static final List<String> REQUEST_HEADERS =
      List.of("Content-Type", "X-Amz-Target", "X-Amzn-Query-Mode", "X-Amz-Date", "Authorization");
  private static final List<String> ANSWER_HEADERS =
      List.of("Content-Type", "x-amzn-RequestId", "x-amzn-query-error");

  private final URI server;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  SqsUpstream(URI server) {
    this.server = server;
  }

  /** Passes a call on; an interrupt gives the call up and closes its connection. */
  SqsAnswer send(URI path, Headers headers, String body) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(DEADLINE)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    for (String name : REQUEST_HEADERS) {
      String value = headers.getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    Map<String, String> kept = new HashMap<>();
    for (String name : ANSWER_HEADERS) {
      answer.headers().firstValue(name).ifPresent(value -> kept.put(name, value));
    }
    return new SqsAnswer(answer.statusCode(), kept, answer.body());
  }

  /** Passes on the entries that are not to fail, and adds those that are to the answer. */
  SqsAnswer sendWithout(SqsFault.FailEntries fault, URI path, Headers headers, String body)
      throws IOException, InterruptedException {
    if (!(SqsAnswer.JSON.readTree(body) instanceof ObjectNode request)) {
      return send(path, headers, body);
    }
    ArrayNode kept = SqsAnswer.JSON.createArrayNode();
    ArrayNode failed = SqsAnswer.JSON.createArrayNode();
    int position = 0;
    for (JsonNode entry : request.path("Entries")) {
      if (fault.positions().contains(position++)) {
        failed.add(failure(fault, entry.path("Id").asText()));
      } else {
        kept.add(entry);
      }
    }
    ObjectNode merged = SqsAnswer.JSON.createObjectNode();
    if (!kept.isEmpty()) {
      request.set("Entries", kept);
      SqsAnswer answer = send(path, headers, request.toString());
      if (answer.status() != 200) {
        return answer;
      }
      merged.setAll((ObjectNode) SqsAnswer.JSON.readTree(answer.body()));
    }
    merged.withArray("Successful");
    merged.withArray("Failed").addAll(failed);
    return SqsAnswer.ok(merged);
  }

  private static ObjectNode failure(SqsFault.FailEntries fault, String id) {
    ObjectNode failure = SqsAnswer.JSON.createObjectNode();
    failure.put("Id", id);
    failure.put("Code", fault.code());
    failure.put("Message", fault.code() + " by order of the test stand");
    failure.put("SenderFault", fault.senderFault());
    return failure;
  }

  /** The same answer with this server's address replaced by the proxy's. */
  SqsAnswer readdressed(SqsAnswer answer, URI proxy) {
    String body = answer.body().replace(server.toString(), proxy.toString());
    return new SqsAnswer(answer.status(), answer.headers(), body);
  }

  void close() {
    http.shutdownNow();
  }
}
