package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.wire.report.Shape.Different;
import dev.mystical.scanner.wire.report.Shape.Struct;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Reads one value at a time and keeps of it what its shape allows. What the shape does not know, or
 * knows otherwise, is left out; but where that could change a verdict, it is a flaw of the report.
 *
 * <p>Every value is read against a {@link Budget}. Details of an item that exceed it are left out
 * together, which the item then says; anything else that does makes the report too large.
 */
final class Cleaner {
  /** Among the properties of an item: which of its details were left out for their size. */
  static final String LEFT_OUT = "mysticalScanner/leftOut";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonNode NOTHING = MissingNode.getInstance();

  /**
   * What one kind of report needs.
   *
   * @param structs the structures that shapes refer to
   * @param deciding members, as {@code struct.member}, whose values decide verdicts
   * @param details members of items that the item makes sense without
   */
  record Rules(Function<String, Struct> structs, Set<String> deciding, Set<String> details) {}

  private final JsonParser parser;
  private final Rules rules;
  private final Flaws flaws;
  private UnaryOperator<ObjectNode> locations = UnaryOperator.identity();

  Cleaner(JsonParser parser, Rules rules, Flaws flaws) {
    this.parser = parser;
    this.rules = rules;
    this.flaws = flaws;
  }

  /** From now on, each artifactLocation goes through this; one that comes out empty is left out. */
  void placeBy(UnaryOperator<ObjectNode> newLocations) {
    locations = newLocations;
  }

  /** The value at which the parser stands; missing if nothing of it can be kept. */
  JsonNode value(String owner, String member, Shape shape) throws IOException {
    Budget budget = new Budget();
    JsonNode value = member(owner, member, shape, budget);
    requireWithin(budget);
    return value;
  }

  /** The object at which the parser stands; missing if it lacks what it must have. */
  JsonNode item(Struct struct) throws IOException {
    Budget core = new Budget();
    Budget detail = new Budget();
    List<String> leftOut = new ArrayList<>();
    JsonNode item =
        struct(
            struct,
            core,
            (name, shape) -> {
              if (!rules.details().contains(struct.name() + "." + name)) {
                return member(struct.name(), name, shape, core);
              }
              JsonNode value = member(struct.name(), name, shape, detail);
              if (detail.spent()) {
                leftOut.add(name);
                return NOTHING;
              }
              return value;
            });
    requireWithin(core);
    if (!leftOut.isEmpty() && item instanceof ObjectNode object) {
      ArrayNode names = object.withObjectProperty("properties").putArray(LEFT_OUT);
      leftOut.stream().sorted().forEach(names::add);
    }
    return item;
  }

  private void requireWithin(Budget budget) throws ReportTooLarge {
    if (budget.spent()) {
      throw new ReportTooLarge(
          "%s has more than %d characters or %d values"
              .formatted(
                  Texts.line(parser.getParsingContext().pathAsPointer().toString()),
                  Budget.CHARACTERS,
                  Budget.VALUES));
    }
  }

  /** Reads one member of an object. */
  private interface Member {
    JsonNode read(String name, Shape shape) throws IOException;
  }

  private JsonNode member(String owner, String name, Shape shape, Budget budget)
      throws IOException {
    JsonNode value = read(shape, budget);
    if (value.isMissingNode() && !budget.spent() && rules.deciding().contains(owner + "." + name)) {
      flaws.here(parser, "must be " + shape.inWords());
    }
    return value;
  }

  private JsonNode read(Shape shape, Budget budget) throws IOException {
    JsonToken token = parser.currentToken();
    if (!budget.takeValue()) {
      parser.skipChildren();
      return NOTHING;
    }
    JsonNode value =
        switch (shape) {
          case Shape.Text text -> token == JsonToken.VALUE_STRING ? text(text, budget) : NOTHING;
          case Shape.Word(Set<String> words) ->
              token == JsonToken.VALUE_STRING && words.contains(parser.getText())
                  ? NODES.textNode(parser.getText())
                  : NOTHING;
          case Shape.Whole(long least) ->
              token == JsonToken.VALUE_NUMBER_INT ? whole(least) : NOTHING;
          case Shape.Fraction(double least, double most) ->
              token.isNumeric() ? fraction(least, most) : NOTHING;
          case Shape.Flag() ->
              token.isBoolean() ? NODES.booleanNode(token == JsonToken.VALUE_TRUE) : NOTHING;
          case Shape.Items items -> token == JsonToken.START_ARRAY ? items(items, budget) : NOTHING;
          case Shape.Table(Shape each) ->
              token == JsonToken.START_OBJECT ? table(each, budget) : NOTHING;
          case Shape.Bag() -> token == JsonToken.START_OBJECT ? bag(budget) : NOTHING;
          case Shape.Reference(String name) -> read(rules.structs().apply(name), budget);
          case Struct struct -> token == JsonToken.START_OBJECT ? placed(struct, budget) : NOTHING;
        };
    // No-op unless the value was of another kind than its shape.
    parser.skipChildren();
    return value;
  }

  private JsonNode text(Shape.Text shape, Budget budget) throws IOException {
    String text = parser.getText();
    Optional<String> clean =
        switch (shape.format()) {
          case FREE -> Optional.of(Texts.lines(text));
          case ABSOLUTE_URI -> Texts.address(text);
          case URI_REFERENCE -> Optional.of(text).filter(it -> it.length() <= Places.LONGEST);
          case TIME -> Texts.time(text);
        };
    return clean
        .filter(it -> shape.matches(it) && budget.takeCharacters(it.length()))
        .map(it -> (JsonNode) NODES.textNode(it))
        .orElse(NOTHING);
  }

  private JsonNode whole(long least) throws IOException {
    return parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
            && parser.getLongValue() >= least
        ? NODES.numberNode(parser.getLongValue())
        : NOTHING;
  }

  private JsonNode fraction(double least, double most) throws IOException {
    double number = parser.getDoubleValue();
    return number >= least && number <= most ? NODES.numberNode(number) : NOTHING;
  }

  private JsonNode items(Shape.Items shape, Budget budget) throws IOException {
    ArrayNode array = NODES.arrayNode();
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonNode item = read(shape.item(), budget);
      if (!item.isMissingNode()
          && (shape.different() == Different.NEED_NOT || seen.add(Canonical.text(item)))) {
        array.add(item);
      }
    }
    return array.size() >= shape.fewest() ? array : NOTHING;
  }

  private JsonNode table(Shape each, Budget budget) throws IOException {
    return object((name, unused) -> read(each, budget), budget);
  }

  private JsonNode bag(Budget budget) throws IOException {
    return object(
        (name, unused) ->
            name.equals("tags")
                ? read(new Shape.Items(Shape.Text.ANY, 0, Different.MUST), budget)
                : anything(budget),
        budget);
  }

  private JsonNode anything(Budget budget) throws IOException {
    if (!budget.takeValue()) {
      parser.skipChildren();
      return NOTHING;
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object((name, unused) -> anything(budget), budget);
      case START_ARRAY -> array(budget);
      case VALUE_STRING -> text(Shape.Text.ANY, budget);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      default -> NODES.nullNode();
    };
  }

  private JsonNode array(Budget budget) throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonNode item = anything(budget);
      if (!item.isMissingNode()) {
        array.add(item);
      }
    }
    return array;
  }

  private JsonNode number() throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return NODES.numberNode(parser.getLongValue());
    }
    return fraction(-Double.MAX_VALUE, Double.MAX_VALUE);
  }

  /** An object with free names. */
  private JsonNode object(Member member, Budget budget) throws IOException {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = Texts.line(parser.currentName());
      parser.nextToken();
      if (!budget.takeCharacters(name.length())) {
        parser.skipChildren();
      } else if (object.has(name)) {
        flaws.here(parser, "appears more than once");
        parser.skipChildren();
      } else {
        JsonNode value = member.read(name, Shape.Text.ANY);
        if (!value.isMissingNode()) {
          object.set(name, value);
        }
      }
    }
    return object;
  }

  private JsonNode placed(Struct struct, Budget budget) throws IOException {
    JsonNode node =
        struct(struct, budget, (name, shape) -> member(struct.name(), name, shape, budget));
    if (node instanceof ObjectNode object && struct.name().equals("artifactLocation")) {
      ObjectNode place = locations.apply(object);
      return place.isEmpty() ? NOTHING : place;
    }
    return node;
  }

  private JsonNode struct(Struct struct, Budget budget, Member member) throws IOException {
    ObjectNode object = NODES.objectNode();
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      Shape shape = struct.members().get(name);
      // §3.6: null stands for what is absent.
      if (parser.nextToken() == JsonToken.VALUE_NULL || shape == null) {
        parser.skipChildren();
      } else if (!seen.add(name)) {
        flaws.here(parser, "appears more than once");
        parser.skipChildren();
      } else {
        JsonNode value = member.read(name, shape);
        if (!value.isMissingNode()) {
          object.set(name, value);
        }
      }
    }
    return !budget.spent() && complete(struct, object) ? object : NOTHING;
  }

  private static boolean complete(Struct struct, ObjectNode object) {
    return struct.required().stream().allMatch(object::has)
        && (struct.needsOneOf().isEmpty() || struct.needsOneOf().stream().anyMatch(object::has));
  }
}
