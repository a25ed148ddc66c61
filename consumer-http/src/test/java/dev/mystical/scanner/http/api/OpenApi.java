package dev.mystical.scanner.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The description of the API, read as a stranger reads it. */
final class OpenApi {
  private static final String HERE = "https://scanner.example/openapi.json";

  /** What the listener answers of its own accord; all else has to be told for each call. */
  private static final Set<Integer> LISTENERS =
      Set.of(400, 405, 408, 413, 414, 417, 429, 431, 500, 501, 503, 505);

  static final OpenApi THE_ONE = new OpenApi();

  private final JsonNode root;
  private final SchemaRegistry schemas;

  private OpenApi() {
    try (InputStream in = OpenApi.class.getResourceAsStream("/openapi.yaml")) {
      this.root = new YAMLMapper().readTree(in);
      String json = new JsonMapper().writeValueAsString(root);
      this.schemas =
          SchemaRegistry.withDialect(
              Dialects.getOpenApi31(), builder -> builder.schemas(Map.of(HERE, json)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One call. */
  record Operation(String method, String template, JsonNode node) {
    String id() {
      return node.path("operationId").textValue();
    }
  }

  /** An answer as it is described. */
  record Description(String status, JsonNode node, String place) {}

  JsonNode root() {
    return root;
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    root.path("paths")
        .properties()
        .forEach(path ->
            path.getValue().properties().stream()
                .filter(it -> !it.getKey().equals("parameters"))
                .forEach(it ->
                    operations.add(
                        new Operation(
                            it.getKey().toUpperCase(Locale.ROOT), path.getKey(), it.getValue()))));
    return operations;
  }

  /** The call that a path is one of; templates without variables come first. */
  Optional<Operation> operation(String method, String path) {
    return operations().stream()
        .filter(it -> it.method().equals(method))
        .filter(it ->
            Pattern.matches(
                it.template().replace(".", "\\.").replaceAll("\\{\\w+}", "[^/]+"), path))
        .min((one, other) ->
            Boolean.compare(one.template().contains("{"), other.template().contains("{")));
  }

  /** Each call with each of its statuses, without what the listener answers. */
  Set<String> pairs(Set<String> operationIds) {
    return operations().stream()
        .filter(it -> operationIds.contains(it.id()))
        .flatMap(it ->
            it.node().path("responses").properties().stream()
                .map(Map.Entry::getKey)
                .filter(status -> !status.equals("default"))
                .map(status -> it.id() + " " + status))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** How an answer is described; fails where it is not. */
  Description description(Operation operation, int status) {
    JsonNode responses = operation.node().path("responses");
    String place =
        "/paths/%s/%s/responses/"
            .formatted(
                operation.template().replace("~", "~0").replace("/", "~1"),
                operation.method().toLowerCase(Locale.ROOT));
    String known = Integer.toString(status);
    if (!responses.has(known)) {
      assertThat(LISTENERS).as("%s answers %s", operation.id(), status).contains(status);
      known = "default";
    }
    JsonNode response = responses.path(known);
    return response.has("$ref")
        ? new Description(known, resolved(response), response.path("$ref").textValue().substring(1))
        : new Description(known, response, place + known);
  }

  /** The node, or what it refers to. */
  JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? root.at(node.path("$ref").textValue().substring(1)) : node;
  }

  /** That a body is as a media type of an answer says. */
  void checkBody(Description description, String mediaType, String body) {
    String place =
        "%s/content/%s/schema".formatted(description.place(), mediaType.replace("/", "~1"));
    check(place, body);
  }

  /** That a document fits a named schema. */
  void check(SchemaName name, String document) {
    check("/components/schemas/" + name.value(), document);
  }

  boolean fits(SchemaName name, String document) {
    return errors("/components/schemas/" + name.value(), document).isEmpty();
  }

  /** A schema among the components. */
  record SchemaName(String value) {}

  private void check(String place, String document) {
    assertThat(errors(place, document)).as("%s against %s", document, place).isEmpty();
  }

  private List<String> errors(String place, String document) {
    Schema schema = schemas.getSchema(SchemaLocation.of(HERE + "#" + place));
    return schema
        .validate(
            document,
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Object::toString)
        .toList();
  }
}
