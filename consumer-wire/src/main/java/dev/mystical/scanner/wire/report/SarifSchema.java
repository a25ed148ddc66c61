package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.wire.report.Shape.Different;
import dev.mystical.scanner.wire.report.Shape.Format;
import dev.mystical.scanner.wire.report.Shape.Struct;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The structures of SARIF 2.1.0, taken from the standard's own JSON schema, so that what is kept of
 * a report is exactly what the standard allows. It understands the keywords that this schema uses,
 * and stops the program at any other.
 */
final class SarifSchema {
  static final String ADDRESS =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
  static final String RESOURCE = "sarif-2.1.0-schema.json";

  /**
   * What no report of ours holds, wherever it stands: bodies of files (§3.3.3, §3.24.8), request
   * headers, which may hold passwords (§3.46.6), and graphs, which nest without end (§3.39).
   */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "artifact.contents",
          "artifactContent.binary",
          "result.graphs",
          "result.graphTraversals",
          "run.graphs",
          "webRequest.headers");

  private static final String REFERENCE = "#/definitions/";
  private static final Map<String, Struct> STRUCTS = read();

  private SarifSchema() {}

  static Struct struct(String name) {
    Struct struct = STRUCTS.get(name);
    if (struct == null) {
      throw new IllegalArgumentException("SARIF has no " + name);
    }
    return struct;
  }

  private static Map<String, Struct> read() {
    try (InputStream in = SarifSchema.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not in the jar");
      }
      JsonNode definitions = JsonStreams.MAPPER.readTree(in).path("definitions");
      Map<String, Struct> structs = new HashMap<>();
      definitions
          .properties()
          .forEach(entry -> structs.put(entry.getKey(), struct(entry.getKey(), entry.getValue())));
      return Map.copyOf(structs);
    } catch (IOException e) {
      throw new UncheckedIOException("a resource can always be read", e);
    }
  }

  private static Struct struct(String name, JsonNode schema) {
    Map<String, Shape> members = new HashMap<>();
    schema
        .path("properties")
        .properties()
        .forEach(member -> {
          if (!LEFT_OUT.contains(name + "." + member.getKey())) {
            members.put(member.getKey(), shape(member.getValue()));
          }
        });
    Set<String> needsOneOf = new LinkedHashSet<>();
    schema.path("anyOf").forEach(choice -> needsOneOf.addAll(words(choice.path("required"))));
    return new Struct(name, Map.copyOf(members), words(schema.path("required")), needsOneOf);
  }

  private static Shape shape(JsonNode schema) {
    if (schema.has("$ref")) {
      String name = schema.path("$ref").asText().substring(REFERENCE.length());
      return name.equals("propertyBag") ? new Shape.Bag() : new Shape.Reference(name);
    }
    if (schema.has("enum")) {
      return new Shape.Word(words(schema.path("enum")));
    }
    String type = schema.path("type").asText();
    return switch (type) {
      case "string" -> text(schema);
      case "integer" -> new Shape.Whole(schema.path("minimum").asLong(Long.MIN_VALUE));
      case "number" ->
          new Shape.Fraction(
              schema.path("minimum").asDouble(-Double.MAX_VALUE),
              schema.path("maximum").asDouble(Double.MAX_VALUE));
      case "boolean" -> new Shape.Flag();
      case "array" ->
          new Shape.Items(
              shape(schema.path("items")),
              schema.path("minItems").asInt(0),
              schema.path("uniqueItems").asBoolean() ? Different.MUST : Different.NEED_NOT);
      case "object" -> new Shape.Table(shape(schema.path("additionalProperties")));
      default -> throw new IllegalStateException("the schema has an unknown type: " + type);
    };
  }

  private static Shape text(JsonNode schema) {
    String format = schema.path("format").asText("");
    return new Shape.Text(
        switch (format) {
          case "" -> Format.FREE;
          case "uri" -> Format.ABSOLUTE_URI;
          case "uri-reference" -> Format.URI_REFERENCE;
          case "date-time" -> Format.TIME;
          default -> throw new IllegalStateException("the schema has an unknown format: " + format);
        },
        Optional.of(schema.path("pattern").asText(""))
            .filter(pattern -> !pattern.isEmpty())
            .map(Pattern::compile));
  }

  private static Set<String> words(JsonNode array) {
    Set<String> words = new LinkedHashSet<>();
    array.forEach(word -> words.add(word.asText()));
    return words;
  }
}
