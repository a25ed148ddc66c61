package dev.mystical.scanner.wire.report;

/** How much of one item of a report is kept in memory. Once spent, it stays so. */
final class Budget {
  static final int CHARACTERS = 1024 * 1024;
  static final int VALUES = 20_000;

  private long characters = CHARACTERS;
  private long values = VALUES;

  /** Takes one value; false if there was none left. */
  boolean takeValue() {
    values--;
    return !spent();
  }

  /** Takes the characters of a text or a name; false if there were not enough. */
  boolean takeCharacters(int length) {
    characters -= length;
    return !spent();
  }

  boolean spent() {
    return values < 0 || characters < 0;
  }
}
