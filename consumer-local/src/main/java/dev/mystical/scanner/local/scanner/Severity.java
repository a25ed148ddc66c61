package dev.mystical.scanner.local.scanner;

import java.util.Locale;

/** How bad a finding is, worst first. */
public enum Severity {
  CRITICAL("\u001b[1;35m"),
  HIGH("\u001b[1;31m"),
  MEDIUM("\u001b[33m"),
  LOW("\u001b[36m"),
  INFO("\u001b[2m");

  private final String colour;

  Severity(String colour) {
    this.colour = colour;
  }

  /** The name as people read it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  String colour() {
    return colour;
  }

  /** By SARIF's result level. */
  static Severity ofLevel(String level) {
    return switch (level) {
      case "error" -> HIGH;
      case "note" -> LOW;
      case "none" -> INFO;
      // SARIF 2.1.0, 3.27.10: a level that nobody has given is a warning.
      default -> MEDIUM;
    };
  }

  /** By the {@code security-severity} of a rule: a CVSS score with its usual bands. */
  static Severity ofScore(double score) {
    if (score >= 9) {
      return CRITICAL;
    }
    if (score >= 7) {
      return HIGH;
    }
    if (score >= 4) {
      return MEDIUM;
    }
    return score > 0 ? LOW : INFO;
  }
}
