package dev.mystical.scanner.domain.report;

/** The least severity that makes a verdict FAIL; with {@code NONE}, no finding does. */
public enum FailOn {
  CRITICAL,
  HIGH,
  MEDIUM,
  LOW,
  NONE
}
