package dev.mystical.scanner.wire.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the items of one array apart where the standard allows no two that are equal (§3.7.3).
 * Dropping one would move those after it, to which others refer by their place; so the later of two
 * gets a property.
 */
final class DifferentItems {
  static final String COPY = "mysticalScanner/copy";

  private final Set<String> seen = new HashSet<>();
  private final Map<String, Integer> copies = new HashMap<>();

  void tellApart(ObjectNode item) {
    String original = print(item);
    String print = original;
    while (!seen.add(print)) {
      int copy = copies.merge(original, 1, Integer::sum);
      item.withObjectProperty("properties").put(COPY, copy);
      print = print(item);
    }
  }

  private static String print(ObjectNode item) {
    return Sha256.start().updated(Canonical.text(item).getBytes(UTF_8)).hex().substring(0, 32);
  }
}
