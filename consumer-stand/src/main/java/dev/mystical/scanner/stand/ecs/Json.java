package dev.mystical.scanner.stand.ecs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The few things that the protocol asks of JSON. */
final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /**
   * Reads an object.
   *
   * @throws EcsError SerializationException where the text is none
   */
  static ObjectNode read(String text) {
    try {
      if (MAPPER.readTree(text.isBlank() ? "{}" : text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw EcsError.serialization(e);
    }
    throw EcsError.serialization(null);
  }

  static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a field; empty where it is absent or null. */
  static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNull() ? "" : value.asText("");
  }

  static Stream<JsonNode> items(JsonNode node, String field) {
    return node.path(field).valueStream();
  }

  static List<String> texts(JsonNode node, String field) {
    return items(node, field).map(JsonNode::asText).toList();
  }

  /** The same text for the same content: fields sorted, nulls left out, order of lists kept. */
  static String canonical(JsonNode node) {
    return write(sorted(node));
  }

  private static JsonNode sorted(JsonNode node) {
    if (node instanceof ArrayNode list) {
      List<JsonNode> items = new ArrayList<>();
      list.forEach(item -> items.add(sorted(item)));
      return array().addAll(items);
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    Map<String, JsonNode> fields = new TreeMap<>();
    object
        .properties()
        .forEach(field -> {
          if (!field.getValue().isNull()) {
            fields.put(field.getKey(), sorted(field.getValue()));
          }
        });
    ObjectNode result = object();
    fields.forEach(result::set);
    return result;
  }
}
