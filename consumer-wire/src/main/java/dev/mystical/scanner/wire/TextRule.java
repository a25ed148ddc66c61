package dev.mystical.scanner.wire;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a text must be.
 *
 * @param longest in characters as people count them
 * @param wanted completes "must be …"
 */
record TextRule(int longest, Predicate<String> holds, String wanted) {
  static TextRule upTo(int longest) {
    return new TextRule(longest, text -> !text.isBlank(), "a text that is not blank");
  }

  static TextRule anyUpTo(int longest) {
    return new TextRule(longest, text -> true, "a text");
  }

  static TextRule matching(int longest, Pattern pattern, String wanted) {
    return new TextRule(longest, text -> pattern.matcher(text).matches(), wanted);
  }

  Optional<String> problem(String text) {
    if (text.codePointCount(0, text.length()) > longest) {
      return Optional.of("must have at most %d characters".formatted(longest));
    }
    return holds.test(text) ? Optional.empty() : Optional.of("must be " + wanted);
  }
}
