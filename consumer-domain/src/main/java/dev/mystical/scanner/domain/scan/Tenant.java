package dev.mystical.scanner.domain.scan;

import java.util.regex.Pattern;

/** Whose scan it is. What came in without proof belongs to {@link #DEFAULT}. */
public record Tenant(String value) {
  public static final Pattern PATTERN = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
  public static final Tenant DEFAULT = new Tenant("default");

  public Tenant {
    Text.matching(PATTERN, "tenant", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
