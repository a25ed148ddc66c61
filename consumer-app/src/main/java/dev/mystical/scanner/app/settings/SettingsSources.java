package dev.mystical.scanner.app.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that settings are read from.
 *
 * @param flags environment name to value, from the command line
 * @param environment the process's own
 * @param folder where {@code .env} is looked for
 * @param envFile read in place of {@code .env}; must exist
 * @param configFile a HOCON file; must exist
 */
public record SettingsSources(
    Map<String, String> flags,
    Map<String, String> environment,
    Path folder,
    Optional<Path> envFile,
    Optional<Path> configFile) {
  public SettingsSources {
    flags = Map.copyOf(flags);
    environment = Map.copyOf(environment);
  }

  /** Values may be secret. */
  @Override
  public String toString() {
    return "settings of " + folder + ", " + envFile + ", " + configFile;
  }
}
