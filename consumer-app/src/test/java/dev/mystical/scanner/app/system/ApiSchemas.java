package dev.mystical.scanner.app.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Makes values out of schemas, and holds values against them, as generated clients do. */
record ApiSchemas(ApiDocument document) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> WORDS =
      List.of("one", "2026-01-01T00:00:00Z", "0".repeat(64), "https://example.com/", "1-0", "v1,x");

  /** The least that fits: what is required, and nothing else. */
  JsonNode sample(JsonNode schema) {
    JsonNode it = document.resolved(schema);
    if (it.has("const")) {
      return it.path("const");
    }
    if (it.has("enum")) {
      return it.path("enum").path(0);
    }
    if (it.has("oneOf")) {
      return sample(it.path("oneOf").path(0));
    }
    return switch (it.path("type").asText()) {
      case "object" -> object(it);
      case "array" -> array(it);
      case "integer" -> JSON.numberNode(it.path("minimum").asInt(0));
      case "boolean" -> JSON.booleanNode(it.path("default").asBoolean(false));
      case "string" -> JSON.textNode(word(it));
      default -> throw new IllegalStateException("a schema without a type: " + it);
    };
  }

  private ObjectNode object(JsonNode schema) {
    ObjectNode object = JSON.objectNode();
    schema
        .path("required")
        .forEach(name ->
            object.set(name.asText(), sample(schema.path("properties").path(name.asText()))));
    return object;
  }

  private ArrayNode array(JsonNode schema) {
    ArrayNode array = JSON.arrayNode();
    for (int i = 0; i < schema.path("minItems").asInt(0); i++) {
      array.add(sample(schema.path("items")));
    }
    return array;
  }

  private static String word(JsonNode schema) {
    return WORDS.stream()
        .filter(word -> word.length() <= schema.path("maxLength").asInt(Integer.MAX_VALUE))
        .filter(word -> fits(schema, word))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no word fits " + schema));
  }

  private static boolean fits(JsonNode schema, String word) {
    String pattern = schema.path("pattern").asText("");
    return pattern.isEmpty() || Pattern.compile(pattern).matcher(word).find();
  }

  /** Why a value cannot be taken for what a schema says; nothing where it can. */
  List<String> misfits(JsonNode schema, JsonNode value, String place) {
    JsonNode it = document.resolved(schema);
    if (it.has("oneOf")) {
      List<String> all = new ArrayList<>();
      for (JsonNode one : it.path("oneOf")) {
        List<String> misfits = misfits(one, value, place);
        if (misfits.isEmpty()) {
          return List.of();
        }
        all.addAll(misfits);
      }
      return all;
    }
    if (it.has("const") && !it.path("const").equals(value)) {
      return List.of("%s is %s, not %s".formatted(place, value, it.path("const")));
    }
    if (it.has("enum")
        && StreamSupport.stream(it.path("enum").spliterator(), false).noneMatch(value::equals)) {
      return List.of("%s is %s, not one of %s".formatted(place, value, it.path("enum")));
    }
    return ofType(it, value, place);
  }

  private List<String> ofType(JsonNode schema, JsonNode value, String place) {
    String type = schema.path("type").asText();
    boolean right =
        switch (type) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "integer" -> value.isIntegralNumber();
          case "boolean" -> value.isBoolean();
          case "string" -> value.isTextual() && fits(schema, value.asText());
          default -> true;
        };
    if (!right) {
      return List.of("%s is no %s: %s".formatted(place, schema, value));
    }
    return switch (type) {
      case "object" -> ofMembers(schema, value, place);
      case "array" -> {
        List<String> misfits = new ArrayList<>();
        value.forEach(item -> misfits.addAll(misfits(schema.path("items"), item, place + "/-")));
        yield misfits;
      }
      default -> List.of();
    };
  }

  private List<String> ofMembers(JsonNode schema, JsonNode value, String place) {
    List<String> misfits = new ArrayList<>();
    schema
        .path("required")
        .forEach(name -> {
          if (!value.has(name.asText())) {
            misfits.add("%s has no %s".formatted(place, name.asText()));
          }
        });
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      JsonNode described = schema.path("properties").path(member.getKey());
      JsonNode others = schema.path("additionalProperties");
      String at = place + "/" + member.getKey();
      if (!described.isMissingNode()) {
        misfits.addAll(misfits(described, member.getValue(), at));
      } else if (others.isObject()) {
        misfits.addAll(misfits(others, member.getValue(), at));
      } else if (others.isBoolean() && !others.asBoolean()) {
        misfits.add(at + " is not described");
      }
    }
    return misfits;
  }
}
