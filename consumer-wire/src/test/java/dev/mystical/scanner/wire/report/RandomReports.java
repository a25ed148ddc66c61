package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.wire.report.Shape.Struct;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Makes reports from the shapes that are known, good ones and such as nobody would write. */
final class RandomReports {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "A.java",
          "src/A.java",
          "../x",
          "file:///scan/src/A.java",
          "https://u:p@example.com/x?y#z",
          "javascript:alert(1)",
          "2026-11-23T00:00:00Z",
          "11111111-1111-4111-8111-111111111111",
          "en-US",
          "text/plain",
          "1.2.3.4",
          "9.1",
          "line\r\nline\t\u0000\u202e",
          "<script>alert(1)</script>",
          "\ud83d\ude00",
          "\ud800",
          "mysticalScanner/v1");

  private final RandomGenerator random;

  /** How often, in a thousand, a value is of another kind than it should be. */
  private final int strange;

  private int left = 400;

  private RandomReports(RandomGenerator random, int strange) {
    this.random = random;
    this.strange = strange;
  }

  /** With nothing that the standard forbids, but with much that it does not expect. */
  static String sarif(RandomGenerator random) {
    return new RandomReports(random, 0).log();
  }

  static String strange(RandomGenerator random) {
    return new RandomReports(random, 30).log();
  }

  static String foreign(ReportFormat format, RandomGenerator random) {
    ForeignFormat foreign = format == ReportFormat.BEARER ? new BearerFormat() : new SonarFormat();
    Struct document = new Struct("", foreign.members(), Set.of(), Set.of());
    return new RandomReports(random, 10).struct(document, 0).toString();
  }

  private String log() {
    ObjectNode log = NODES.objectNode();
    ArrayNode runs = NODES.arrayNode();
    for (int i = random.nextInt(3); i >= 0; i--) {
      ObjectNode run = (ObjectNode) struct(SarifSchema.struct("run"), 0);
      if (!run.has("results") && random.nextInt(4) > 0) {
        ArrayNode results = run.putArray("results");
        for (int j = random.nextInt(6); j > 0; j--) {
          results.add(struct(SarifSchema.struct("result"), 2));
        }
      }
      runs.add(shuffled(run));
    }
    log.put("version", "2.1.0");
    log.set("runs", runs);
    return shuffled(log).toString();
  }

  private ObjectNode shuffled(ObjectNode node) {
    List<Map.Entry<String, JsonNode>> members = new ArrayList<>(node.properties());
    Collections.shuffle(members, new Random(random.nextLong()));
    ObjectNode shuffled = NODES.objectNode();
    members.forEach(it -> shuffled.set(it.getKey(), it.getValue()));
    return shuffled;
  }

  private JsonNode struct(Struct struct, int depth) {
    ObjectNode object = NODES.objectNode();
    // In an order that does not change from run to run.
    new TreeMap<>(struct.members())
        .forEach((name, shape) -> {
          boolean needed = struct.required().contains(name) || struct.needsOneOf().contains(name);
          if (needed || (left > 0 && depth < 9 && random.nextInt(4) == 0)) {
            object.set(name, value(shape, depth + 1));
          }
        });
    if (strange > 0 && random.nextInt(1_000) < strange) {
      object.set("strange", anything(depth));
    }
    return shuffled(object);
  }

  private JsonNode value(Shape shape, int depth) {
    left--;
    if (random.nextInt(1_000) < strange) {
      return anything(depth);
    }
    return switch (shape) {
      case Shape.Text text -> NODES.textNode(text());
      case Shape.Word(var words) ->
          NODES.textNode(words.stream().sorted().toList().get(random.nextInt(words.size())));
      case Shape.Whole(long least) -> NODES.numberNode(Math.max(least, -1) + random.nextInt(4));
      case Shape.Fraction fraction -> NODES.numberNode(random.nextDouble() * 100);
      case Shape.Flag() -> NODES.booleanNode(random.nextInt(4) > 0);
      case Shape.Items items -> items(items, depth);
      case Shape.Table(Shape each) -> {
        ObjectNode table = NODES.objectNode();
        for (int i = random.nextInt(3); i > 0; i--) {
          table.set(text(), value(each, depth + 1));
        }
        yield table;
      }
      case Shape.Bag() -> {
        ObjectNode bag = NODES.objectNode().put("security-severity", text());
        yield random.nextBoolean() ? bag : bag.set("other", anything(depth));
      }
      case Shape.Reference(String name) -> struct(SarifSchema.struct(name), depth);
      case Struct struct -> struct(struct, depth);
    };
  }

  private ArrayNode items(Shape.Items items, int depth) {
    ArrayNode array = NODES.arrayNode();
    int size = left > 0 && depth < 9 ? random.nextInt(4) : 0;
    for (int i = Math.max(size, items.fewest()); i > 0; i--) {
      JsonNode item = value(items.item(), depth + 1);
      array.add(item);
      if (random.nextInt(5) == 0) {
        array.add(item.deepCopy());
      }
    }
    return array;
  }

  private JsonNode anything(int depth) {
    return switch (random.nextInt(depth < 12 ? 9 : 6)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextLong());
      case 3 -> NODES.numberNode(random.nextDouble() * 1e300);
      case 4 -> NODES.textNode(text());
      case 5 -> NODES.textNode("x".repeat(random.nextInt(100) == 0 ? 20_000 : 3));
      case 6 -> NODES.arrayNode();
      case 7 -> NODES.objectNode().set(text(), anything(depth + 1));
      default -> NODES.arrayNode().add(anything(depth + 1)).add(anything(depth + 1));
    };
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }
}
