package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * A text that is the same for values that are equal, in whatever order their names stand. Sets of
 * such texts stay fast however their members are chosen; sets of values do not.
 */
final class Canonical {
  private Canonical() {}

  static String text(JsonNode node) {
    if (node.isObject()) {
      Map<String, JsonNode> members = new TreeMap<>();
      node.properties().forEach(it -> members.put(it.getKey(), it.getValue()));
      StringJoiner all = new StringJoiner(",", "{", "}");
      members.forEach((name, value) -> all.add(new TextNode(name) + ":" + text(value)));
      return all.toString();
    }
    if (node.isArray()) {
      StringJoiner all = new StringJoiner(",", "[", "]");
      node.forEach(value -> all.add(text(value)));
      return all.toString();
    }
    return node.toString();
  }
}
