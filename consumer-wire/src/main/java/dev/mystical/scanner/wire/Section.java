package dev.mystical.scanner.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * An object of a document of unknown origin, and its place there. Each question notes what is wrong
 * with a field and answers empty then, so that all questions can always be asked.
 */
record Section(ObjectNode node, String pointer, Problems problems) {
  /** A value at its place. */
  record Place(JsonNode value, String pointer) {}

  /** Which names a map of texts may have, and how long and how many they may be. */
  record MapRule(int most, TextRule name, TextRule value) {}

  /** Notes every field that is none of these. */
  void allow(List<String> names) {
    node.fieldNames()
        .forEachRemaining(name -> {
          if (!names.contains(name)) {
            problem(name, "is unknown here; known are " + String.join(", ", names));
          }
        });
  }

  void problem(String name, String detail) {
    problems.add(at(name), detail);
  }

  Optional<String> text(String name, TextRule rule) {
    return place(name).flatMap(place -> text(place, rule));
  }

  Optional<String> requiredText(String name, TextRule rule) {
    return required(name).flatMap(place -> text(place, rule));
  }

  Optional<String> text(Place place, TextRule rule) {
    if (!place.value().isTextual()) {
      return wrongType(place, "a string");
    }
    String text = place.value().textValue();
    rule.problem(text).ifPresent(detail -> problems.add(place.pointer(), detail));
    return problems.at(place.pointer()) ? Optional.empty() : Optional.of(text);
  }

  Optional<Long> integer(String name, long least, long most) {
    Optional<Place> found = place(name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    JsonNode value = found.get().value();
    if (!value.isIntegralNumber()) {
      return wrongType(found.get(), "a whole number");
    }
    if (value.longValue() < least || value.longValue() > most) {
      problem(name, "must be from %d to %d".formatted(least, most));
    }
    return problems.at(at(name)) ? Optional.empty() : Optional.of(value.longValue());
  }

  boolean flag(String name, boolean otherwise) {
    Optional<Place> found = place(name);
    if (found.isPresent() && !found.get().value().isBoolean()) {
      return this.<Boolean>wrongType(found.get(), "true or false").orElse(otherwise);
    }
    return found.map(place -> place.value().booleanValue()).orElse(otherwise);
  }

  Optional<Section> section(String name) {
    return place(name).flatMap(this::section);
  }

  Optional<Section> requiredSection(String name) {
    return required(name).flatMap(this::section);
  }

  Optional<Section> section(Place place) {
    return place.value() instanceof ObjectNode object
        ? Optional.of(new Section(object, place.pointer(), problems))
        : wrongType(place, "an object");
  }

  /** What becomes of the items of a list, those left out that came to nothing. */
  <T> List<T> items(String name, int most, Function<Place, Optional<T>> reader) {
    Optional<Place> list = required(name);
    if (list.isEmpty()) {
      return List.of();
    }
    JsonNode array = list.get().value();
    if (!array.isArray()) {
      wrongType(list.get(), "an array");
      return List.of();
    }
    if (array.isEmpty() || array.size() > most) {
      problem(name, "must have 1 to %d items, but has %d".formatted(most, array.size()));
    }
    List<T> items = new ArrayList<>();
    for (int i = 0; i < Math.min(array.size(), most); i++) {
      reader.apply(new Place(array.get(i), Pointers.to(at(name), i))).ifPresent(items::add);
    }
    return items;
  }

  SortedMap<String, String> texts(String name, MapRule rule) {
    SortedMap<String, String> texts = new TreeMap<>();
    section(name).ifPresent(map -> map.texts(rule, texts));
    return texts;
  }

  private void texts(MapRule rule, SortedMap<String, String> into) {
    if (node.size() > rule.most()) {
      problems.add(
          pointer, "must have at most %d fields, but has %d".formatted(rule.most(), node.size()));
    }
    node.fieldNames()
        .forEachRemaining(name -> {
          rule.name().problem(name).ifPresent(detail -> problem(name, "as a name " + detail));
          text(name, rule.value()).ifPresent(value -> into.put(name, value));
        });
  }

  private Optional<Place> required(String name) {
    if (!node.has(name)) {
      problem(name, "is missing");
    }
    return place(name);
  }

  private Optional<Place> place(String name) {
    return Optional.ofNullable(node.get(name)).map(value -> new Place(value, at(name)));
  }

  <T> Optional<T> wrongType(Place place, String wanted) {
    problems.add(place.pointer(), "must be %s, but is %s".formatted(wanted, kind(place.value())));
    return Optional.empty();
  }

  private String at(String name) {
    return Pointers.to(pointer, name);
  }

  static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case STRING -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case NULL -> "null";
      case BINARY, MISSING, POJO -> "nothing";
    };
  }
}
