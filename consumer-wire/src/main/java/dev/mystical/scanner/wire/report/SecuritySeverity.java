package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.domain.report.Severity;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The property {@code security-severity} of rules and results: a CVSS score of 0.0 to 10.0, as a
 * text or a number. No part of the standard, but what code hosts read.
 */
final class SecuritySeverity {
  static final String NAME = "security-severity";

  private static final Pattern SCORE = Pattern.compile("\\d{1,2}(?:\\.\\d{1,8})?");

  private SecuritySeverity() {}

  /** That of an item's properties; empty where there is no score or none that makes sense. */
  static Optional<Severity> of(JsonNode item) {
    JsonNode value = item.path("properties").path(NAME);
    String text = value.isTextual() || value.isNumber() ? value.asText().strip() : "";
    if (!SCORE.matcher(text).matches()) {
      return Optional.empty();
    }
    double score = Double.parseDouble(text);
    return score > 10 ? Optional.empty() : Optional.of(severity(score));
  }

  // The bands of CVSS, where 9.0 is critical already.
  private static Severity severity(double score) {
    if (score >= 9) {
      return Severity.CRITICAL;
    }
    if (score >= 7) {
      return Severity.HIGH;
    }
    if (score >= 4) {
      return Severity.MEDIUM;
    }
    return score > 0 ? Severity.LOW : Severity.INFO;
  }

  /** A score that stands for a severity. */
  static String score(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "9.5";
      case HIGH -> "8.0";
      case MEDIUM -> "5.5";
      case LOW -> "2.0";
      case INFO -> "0.0";
    };
  }

  static String word(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }
}
