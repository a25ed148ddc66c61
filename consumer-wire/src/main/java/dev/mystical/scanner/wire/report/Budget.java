package dev.mystical.scanner.wire.report;

/** How much of one item of a report is kept in memory. Once spent, it stays so. */
final class Budget {
  static final int CHARACTERS = 1024 * 1024;
  static final int VALUES = 20_000;

  private int characters = CHARACTERS;
  private int values = VALUES;

  /** Takes one value with so many characters; false if there was not enough. */
  boolean take(int length) {
    if (spent()) {
      return false;
    }
    values--;
    characters -= length;
    return !spent();
  }

  boolean spent() {
    return values < 0 || characters < 0;
  }
}
