package dev.mystical.scanner.app.settings;

/**
 * A setting as it applies.
 *
 * @param value masked if it is secret; empty where the setting is not set
 */
public record EffectiveSetting(String name, String value, SettingSource source) {
  @Override
  public String toString() {
    return "%s=%s (%s)".formatted(name, value, source);
  }
}
