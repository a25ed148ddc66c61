package dev.mystical.scanner.app.settings;

/** A text that nobody may read in a log, an error or a description. */
public record Secret(String value) {
  static final String MASK = "***";

  @Override
  public String toString() {
    return MASK;
  }
}
