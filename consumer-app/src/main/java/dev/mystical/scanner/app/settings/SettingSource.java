package dev.mystical.scanner.app.settings;

/** Where a setting's value comes from; the first one in this order wins. */
public enum SettingSource {
  COMMAND_LINE("command line"),
  ENVIRONMENT("environment"),
  DOT_ENV(".env"),
  FILE("configuration file"),
  DEFAULT("default");

  private final String words;

  SettingSource(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
