package dev.mystical.scanner.wire;

/** Which characters a text from outside may have. */
final class Characters {
  private Characters() {}

  /** Whether there are no controls, no Unicode line breaks and no half surrogate pairs. */
  static boolean areAllText(String text) {
    return text.codePoints().allMatch(Characters::isText);
  }

  /** The text with a question mark in place of each character that it should not have. */
  static String onlyText(String text) {
    return text.codePoints()
        .map(point -> isText(point) ? point : '?')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isText(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
