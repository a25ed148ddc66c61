package dev.mystical.scanner.domain.scan;

import java.util.regex.Pattern;

/**
 * What identifiers and names have in common: a pattern, and an error that names field and value.
 */
final class Text {
  private Text() {}

  static String matching(Pattern pattern, String field, String value) {
    if (!pattern.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "%s must match %s, but is '%s'".formatted(field, pattern.pattern(), shortened(value)));
    }
    return value;
  }

  static String present(String field, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(field + " must not be blank");
    }
    return value;
  }

  private static String shortened(String value) {
    return value.length() <= 80 ? value : value.substring(0, 80) + "…";
  }
}
