package dev.mystical.scanner.domain.scan;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names a scanner provider, such as {@code sonar}. */
public record ProviderId(String value) implements Comparable<ProviderId> {
  public static final Pattern PATTERN = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  public ProviderId {
    Text.matching(PATTERN, "provider", value);
  }

  /** The id that {@code TASK_DEFINITION_<part>} stands for: lower case, {@code _} as {@code -}. */
  public static ProviderId fromVariable(String part) {
    return new ProviderId(part.toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /** The part of a variable's name that stands for this provider. */
  public String variable() {
    return value.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  @Override
  public int compareTo(ProviderId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
