package dev.mystical.scanner.wire.report;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a JSON value may be. Made from a JSON schema, or by hand. */
sealed interface Shape {

  /** A text, and what else it must be. */
  record Text(Format format, Optional<Pattern> pattern) implements Shape {
    /**
     * No text that must follow a pattern is as long, and some patterns take long over long ones.
     */
    private static final int LONGEST_MATCH = 256;

    static final Text ANY = new Text(Format.FREE, Optional.empty());
    static final Text ADDRESS = new Text(Format.ABSOLUTE_URI, Optional.empty());

    boolean matches(String text) {
      return pattern.isEmpty()
          || (text.length() <= LONGEST_MATCH && pattern.get().matcher(text).find());
    }
  }

  /** One of some words. */
  record Word(Set<String> words) implements Shape {}

  /** A whole number. */
  record Whole(long least) implements Shape {}

  /** Any number within bounds. */
  record Fraction(double least, double most) implements Shape {}

  record Flag() implements Shape {}

  /** An array. */
  record Items(Shape item, int fewest, Different different) implements Shape {}

  /** An object whose names are free. */
  record Table(Shape value) implements Shape {}

  /** Any object; {@code tags}, where there are some, are different texts (SARIF §3.8). */
  record Bag() implements Shape {}

  /** A structure that is defined elsewhere, since structures may hold each other. */
  record Reference(String name) implements Shape {}

  /**
   * An object whose names are known.
   *
   * @param needsOneOf at least one of these must be there, unless it is empty
   */
  record Struct(
      String name, Map<String, Shape> members, Set<String> required, Set<String> needsOneOf)
      implements Shape {}

  /** What a text stands for. */
  enum Format {
    FREE,
    ABSOLUTE_URI,
    URI_REFERENCE,
    TIME
  }

  /** Whether no two items of an array may be equal. */
  enum Different {
    NEED_NOT,
    MUST
  }

  /** In words, for people. */
  default String inWords() {
    return switch (this) {
      case Text text -> "a text";
      case Word(Set<String> words) ->
          "one of " + String.join(", ", words.stream().sorted().toList());
      case Whole(long least) ->
          least == Long.MIN_VALUE ? "a whole number" : "a whole number of at least " + least;
      case Fraction fraction -> "a number";
      case Flag() -> "true or false";
      case Items items -> "an array";
      case Table table -> "an object";
      case Bag bag -> "an object";
      case Reference(String name) -> "a good " + name;
      case Struct struct -> "a good " + struct.name();
    };
  }
}
