package dev.mystical.scanner.domain.scan;

import java.util.regex.Pattern;

/** Names one scan within its tenant. */
public record ScanId(String value) {
  public static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  public ScanId {
    Text.matching(PATTERN, "scanId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
