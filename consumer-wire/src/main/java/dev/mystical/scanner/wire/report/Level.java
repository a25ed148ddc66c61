package dev.mystical.scanner.wire.report;

import dev.mystical.scanner.domain.report.Severity;

/** How bad a tool calls a result (§3.27.10) or a notification (§3.58.6). */
enum Level {
  NONE("none"),
  NOTE("note"),
  WARNING("warning"),
  ERROR("error");

  private final String word;

  Level(String word) {
    this.word = word;
  }

  /** Of one of the standard's words. */
  static Level of(String word) {
    return switch (word) {
      case "none" -> NONE;
      case "note" -> NOTE;
      case "warning" -> WARNING;
      case "error" -> ERROR;
      default -> throw new IllegalArgumentException("no level: " + word);
    };
  }

  static Level of(Severity severity) {
    return switch (severity) {
      case CRITICAL, HIGH -> ERROR;
      case MEDIUM -> WARNING;
      case LOW -> NOTE;
      case INFO -> NONE;
    };
  }

  String word() {
    return word;
  }

  Severity severity() {
    return switch (this) {
      case ERROR -> Severity.HIGH;
      case WARNING -> Severity.MEDIUM;
      case NOTE -> Severity.LOW;
      case NONE -> Severity.INFO;
    };
  }
}
