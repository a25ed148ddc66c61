package dev.mystical.scanner.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes and reads the documents that we wrote ourselves. */
final class Json {
  // Field names are not kept between documents: they would let a sender fill a table for good.
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Compact; fields in the order in which they were set. */
  static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  /** Reads an object; what else there may be is {@link UnreadableDocument}. */
  static Fields read(String document) {
    try {
      JsonNode node = MAPPER.readTree(document);
      if (node instanceof ObjectNode object) {
        return new Fields(object);
      }
      throw new UnreadableDocument("the document is no object");
    } catch (JsonProcessingException e) {
      // Its message quotes the document, which may hold what no log should show.
      throw new UnreadableDocument("the document is no JSON", e);
    }
  }
}
