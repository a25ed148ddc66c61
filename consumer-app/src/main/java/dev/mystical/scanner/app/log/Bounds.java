package dev.mystical.scanner.app.log;

/**
 * How long the parts of a line may be. Together they mostly stay below 16 KiB, at which container
 * runtimes cut a line in two.
 */
final class Bounds {
  private static final int VALUE = 1_024;
  private static final int MESSAGE = 2_048;
  private static final int STACK = 8_192;

  private Bounds() {}

  static String value(String text) {
    return cut(text, VALUE);
  }

  static String message(String text) {
    return cut(text, MESSAGE);
  }

  static String stack(String text) {
    return cut(text, STACK);
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    // Never between the two halves of one character.
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }
}
