package dev.mystical.scanner.domain.report;

/** How much a finding matters, the worst first. */
public enum Severity {
  CRITICAL,
  HIGH,
  MEDIUM,
  LOW,
  INFO;

  /** Whether one such finding is enough for a verdict of FAIL. */
  boolean fails(FailOn failOn) {
    return switch (failOn) {
      case CRITICAL -> compareTo(CRITICAL) <= 0;
      case HIGH -> compareTo(HIGH) <= 0;
      case MEDIUM -> compareTo(MEDIUM) <= 0;
      case LOW -> compareTo(LOW) <= 0;
      case NONE -> false;
    };
  }
}
