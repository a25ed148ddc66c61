package dev.mystical.scanner.domain.scan;

import java.util.Optional;
import java.util.regex.Pattern;

/** The project that is scanned. */
public record Project(String key, Optional<String> name) {
  public static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9._-]{0,127}");

  public Project {
    Text.matching(KEY, "project.key", key);
  }
}
