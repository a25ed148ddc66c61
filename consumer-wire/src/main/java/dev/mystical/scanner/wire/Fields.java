package dev.mystical.scanner.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An object of a document that we wrote ourselves. What is missing or of a wrong type is an {@link
 * UnreadableDocument}; fields that nobody asks for do no harm.
 */
record Fields(ObjectNode node) {
  /** What a document holds; a value that the domain refuses makes it unreadable. */
  static <T> T reading(String what, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw new UnreadableDocument(what + " holds a value that cannot be", e);
    }
  }

  boolean has(String name) {
    return node.hasNonNull(name);
  }

  String text(String name) {
    return optionalText(name).orElseThrow(() -> new UnreadableDocument("no " + name));
  }

  Optional<String> optionalText(String name) {
    return value(name).map(value -> require(name, value, value.isTextual()).textValue());
  }

  Instant instant(String name) {
    return Instant.parse(text(name));
  }

  Optional<Instant> optionalInstant(String name) {
    return optionalText(name).map(Instant::parse);
  }

  long number(String name) {
    return optionalNumber(name).orElseThrow(() -> new UnreadableDocument("no " + name));
  }

  Optional<Long> optionalNumber(String name) {
    return value(name).map(value -> require(name, value, value.canConvertToLong()).longValue());
  }

  int integer(String name) {
    return Math.toIntExact(number(name));
  }

  boolean flag(String name, boolean otherwise) {
    return value(name)
        .map(value -> require(name, value, value.isBoolean()).booleanValue())
        .orElse(otherwise);
  }

  Fields object(String name) {
    return optionalObject(name).orElseThrow(() -> new UnreadableDocument("no " + name));
  }

  Optional<Fields> optionalObject(String name) {
    return value(name).map(value -> object(name, value));
  }

  <T> List<T> objects(String name, Function<Fields, T> reader) {
    return items(name, value -> reader.apply(object(name, value)));
  }

  List<String> texts(String name) {
    return items(name, value -> require(name, value, value.isTextual()).textValue());
  }

  /** The items of a list; none where there is no list. */
  <T> List<T> items(String name, Function<JsonNode, T> reader) {
    List<T> items = new ArrayList<>();
    value(name)
        .ifPresent(list ->
            require(name, list, list.isArray()).forEach(item -> items.add(reader.apply(item))));
    return items;
  }

  /** An object all of whose values are texts; empty where there is none. */
  SortedMap<String, String> textMap(String name) {
    SortedMap<String, String> texts = new TreeMap<>();
    optionalObject(name)
        .ifPresent(map -> {
          for (Map.Entry<String, JsonNode> entry : map.node().properties()) {
            texts.put(entry.getKey(), map.text(entry.getKey()));
          }
        });
    return texts;
  }

  private Optional<JsonNode> value(String name) {
    return Optional.ofNullable(node.get(name)).filter(value -> !value.isNull());
  }

  private static Fields object(String name, JsonNode value) {
    if (value instanceof ObjectNode object) {
      return new Fields(object);
    }
    throw new UnreadableDocument(name + " is no object");
  }

  private static JsonNode require(String name, JsonNode value, boolean fits) {
    if (!fits) {
      throw new UnreadableDocument(name + " is of the wrong type");
    }
    return value;
  }
}
