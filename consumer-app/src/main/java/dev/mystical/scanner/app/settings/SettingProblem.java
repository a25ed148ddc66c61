package dev.mystical.scanner.app.settings;

/**
 * One thing that is wrong with the settings.
 *
 * @param name the setting's environment name, or the place in a file
 * @param value what stands there, masked if it is secret; empty where nothing does
 * @param rule what would be right
 */
public record SettingProblem(String name, String value, String rule) {
  @Override
  public String toString() {
    return value.isEmpty()
        ? "%s: %s".formatted(name, rule)
        : "%s = %s: %s".formatted(name, value, rule);
  }
}
