package dev.mystical.scanner.wire;

/** Which characters a text from outside may have. */
final class Characters {
  private Characters() {}

  /** Whether there are no controls, no Unicode line breaks and no half surrogate pairs. */
  static boolean areAllText(String text) {
    return text.codePoints().allMatch(Characters::isText);
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
