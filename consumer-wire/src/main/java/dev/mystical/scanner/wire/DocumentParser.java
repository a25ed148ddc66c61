package dev.mystical.scanner.wire;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Parses one document of unknown origin into a tree, and notes what no document of ours may have.
 *
 * <p>Jackson's own tree builder stops at the first repeated name, deep nesting or long number. This
 * one goes on past them, so that one answer lists all of them together with the problems of the
 * fields; only a syntax error ends it, with the tree of what came before. Jackson's limits stay on
 * behind ours, where no document within ours reaches any but that of nesting.
 */
final class DocumentParser {
  static final int MOST_BYTES = 256 * 1024;
  static final int DEEPEST = 32;
  static final int LONGEST_NAME = 128;
  static final int LONGEST_NUMBER = 18;
  private static final int LONGEST_POINTER = 1_024;

  private static final String TOO_DEEP = "is nested deeper than %d levels".formatted(DEEPEST);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  // Field names are not kept between documents: they would let a sender fill a table for good.
  private static final JsonFactory PARSERS =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(MOST_BYTES)
                  .maxStringLength(MOST_BYTES)
                  .maxNameLength(MOST_BYTES)
                  .maxNumberLength(MOST_BYTES)
                  .maxTokenCount(MOST_BYTES)
                  .maxNestingDepth(1_000)
                  .build())
          .errorReportConfiguration(
              ErrorReportConfiguration.builder().maxErrorTokenLength(16).build())
          .build();
  // Jackson's words about its own source, and what it quotes of a document beyond a character.
  private static final Pattern ASIDES = Pattern.compile("(?s)\\s*(?:\\((?:start|for) |\\n).*");

  private final Problems problems;
  private JsonNode root = NODES.missingNode();

  DocumentParser(Problems problems) {
    this.problems = problems;
  }

  /** What a document's text came to. */
  enum Outcome {
    /** The whole tree is there. */
    WHOLE,
    /** A syntax error ended it; the tree has what came before. */
    BROKEN
  }

  Outcome parse(String document) {
    if (hasMoreBytes(document, MOST_BYTES)) {
      problems.add("", "is longer than %d bytes".formatted(MOST_BYTES));
      return Outcome.BROKEN;
    }
    try (JsonParser parser = PARSERS.createParser(document)) {
      return read(parser);
    } catch (IOException e) {
      throw new UncheckedIOException("a string can always be read", e);
    }
  }

  private Outcome read(JsonParser parser) throws IOException {
    try {
      if (parser.nextToken() == null) {
        problems.add("", "is empty");
        return Outcome.BROKEN;
      }
      readRoot(parser);
      if (!endsHere(parser)) {
        problems.insist("", "has more text after its end");
      }
      return Outcome.WHOLE;
    } catch (StreamConstraintsException e) {
      // Within reach is its limit of nesting alone, far below where ours was told.
      if (problems.none()) {
        problems.add("", TOO_DEEP);
      }
    } catch (JsonProcessingException e) {
      problems.insist(pointer(parser), syntaxError(e, parser.currentLocation()));
    }
    return Outcome.BROKEN;
  }

  /** The document, or as much as there is of it; missing where there is nothing. */
  JsonNode root() {
    return root;
  }

  private static boolean endsHere(JsonParser parser) throws IOException {
    try {
      return parser.nextToken() == null;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private void readRoot(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      ObjectNode object = NODES.objectNode();
      root = object;
      fill(object, parser, "", 1);
    } else {
      root = value(parser, "", 0);
    }
  }

  /** Fills an object that its parent has already, so that a syntax error leaves what was read. */
  private void fill(ObjectNode object, JsonParser parser, String at, int depth) throws IOException {
    Set<String> names = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.length() > LONGEST_NAME || !Characters.areAllText(name)) {
        problems.add(
            at,
            "has a name of more than %d characters or with control characters"
                .formatted(LONGEST_NAME));
        parser.skipChildren();
        continue;
      }
      String field = Pointers.to(at, name);
      if (!names.add(name)) {
        problems.add(field, "appears more than once");
        parser.skipChildren();
      } else if (parser.currentToken() == JsonToken.START_OBJECT && depth < DEEPEST) {
        fill(object.putObject(name), parser, field, depth + 1);
      } else {
        object.set(name, value(parser, field, depth));
      }
    }
  }

  private JsonNode value(JsonParser parser, String at, int depth) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT, START_ARRAY -> container(parser, at, depth + 1);
      case VALUE_STRING -> string(parser.getText(), at);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, at);
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      default -> NODES.nullNode();
    };
  }

  private JsonNode container(JsonParser parser, String at, int depth) throws IOException {
    boolean object = parser.currentToken() == JsonToken.START_OBJECT;
    if (depth > DEEPEST) {
      problems.add(at, TOO_DEEP);
      parser.skipChildren();
      return object ? NODES.objectNode() : NODES.arrayNode();
    }
    if (object) {
      ObjectNode node = NODES.objectNode();
      fill(node, parser, at, depth);
      return node;
    }
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser, Pointers.to(at, array.size()), depth));
    }
    return array;
  }

  private JsonNode string(String text, String at) {
    if (!Characters.areAllText(text)) {
      problems.add(at, "has control characters or broken surrogates");
    }
    return NODES.textNode(text);
  }

  private JsonNode number(JsonParser parser, String at) throws IOException {
    if (parser.getTextLength() > LONGEST_NUMBER) {
      problems.add(at, "is a number of more than %d digits".formatted(LONGEST_NUMBER));
      return NODES.numberNode(0);
    }
    return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        ? NODES.numberNode(parser.getLongValue())
        : NODES.numberNode(Double.parseDouble(parser.getText()));
  }

  /** Where the parser stands; the whole document where that cannot be shown to people. */
  private static String pointer(JsonParser parser) {
    String pointer = parser.getParsingContext().pathAsPointer().toString();
    boolean plain = pointer.length() <= LONGEST_POINTER && Characters.areAllText(pointer);
    return plain ? pointer : "";
  }

  private static String syntaxError(JsonProcessingException e, JsonLocation current) {
    JsonLocation at = Objects.requireNonNullElse(e.getLocation(), current);
    String reason = ASIDES.matcher(e.getOriginalMessage()).replaceFirst("");
    return "is not JSON at line %d, column %d: %s"
        .formatted(at.getLineNr(), at.getColumnNr(), Characters.onlyText(reason));
  }

  private static boolean hasMoreBytes(String document, int most) {
    int bytes = 0;
    for (int i = 0; i < document.length() && bytes <= most; i++) {
      char c = document.charAt(i);
      // Both halves of a surrogate pair have two of its four bytes.
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes > most;
  }
}
