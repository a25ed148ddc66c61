package dev.mystical.scanner.app.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A description of an API (OpenAPI 3.1), read as whoever knows nothing else of it reads it. */
record ApiDocument(JsonNode root) {
  static ApiDocument read(String yaml) {
    try {
      return new ApiDocument(new YAMLMapper().readTree(yaml));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no YAML", e);
    }
  }

  /**
   * A call.
   *
   * @param shared the parameters of its path
   */
  record Operation(String method, String template, JsonNode node, JsonNode shared) {
    String id() {
      return node.path("operationId").asText();
    }
  }

  /** The calls by their ids. */
  Map<String, Operation> operations() {
    Map<String, Operation> operations = new LinkedHashMap<>();
    root.path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(member -> {
                  if (member.getValue().has("operationId")) {
                    Operation operation =
                        new Operation(
                            member.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            member.getValue(),
                            path.getValue().path("parameters"));
                    operations.put(operation.id(), operation);
                  }
                }));
    return operations;
  }

  /** What the server's address begins with. */
  String server() {
    return root.path("servers").path(0).path("url").asText("/");
  }

  /** The parameters of a call. */
  List<JsonNode> parameters(Operation operation) {
    List<JsonNode> all = new ArrayList<>();
    operation.shared().forEach(it -> all.add(resolved(it)));
    operation.node().path("parameters").forEach(it -> all.add(resolved(it)));
    return all;
  }

  /** The name of the credential that a call needs, if it needs one. */
  Optional<String> security(Operation operation) {
    JsonNode needs =
        operation.node().has("security")
            ? operation.node().path("security")
            : root.path("security");
    return needs.isEmpty() ? Optional.empty() : Optional.of(needs.path(0).fieldNames().next());
  }

  /** How a credential is shown; what is not described is not known. */
  String authorization(String scheme, String credential) {
    JsonNode described = root.path("components").path("securitySchemes").path(scheme);
    if (!described.path("type").asText().equals("http")
        || !described.path("scheme").asText().equals("bearer")) {
      throw new IllegalStateException("an unknown kind of security: " + described);
    }
    return "Bearer " + credential;
  }

  /** What a call answers with a status. */
  JsonNode response(Operation operation, int status) {
    JsonNode responses = operation.node().path("responses");
    JsonNode described = responses.path(String.valueOf(status));
    return resolved(described.isMissingNode() ? responses.path("default") : described);
  }

  JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
  }
}
