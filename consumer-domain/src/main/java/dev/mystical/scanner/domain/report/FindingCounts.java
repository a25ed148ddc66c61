package dev.mystical.scanner.domain.report;

import java.util.Arrays;

/** How many findings there are of each severity. */
public record FindingCounts(int critical, int high, int medium, int low, int info) {
  public static final FindingCounts NONE = new FindingCounts(0, 0, 0, 0, 0);

  public FindingCounts {
    if (critical < 0 || high < 0 || medium < 0 || low < 0 || info < 0) {
      throw new IllegalArgumentException(
          "counts must not be negative, but are %d, %d, %d, %d, %d"
              .formatted(critical, high, medium, low, info));
    }
  }

  public int of(Severity severity) {
    return switch (severity) {
      case CRITICAL -> critical;
      case HIGH -> high;
      case MEDIUM -> medium;
      case LOW -> low;
      case INFO -> info;
    };
  }

  public int total() {
    return critical + high + medium + low + info;
  }

  public FindingCounts plus(Severity severity) {
    return switch (severity) {
      case CRITICAL -> new FindingCounts(critical + 1, high, medium, low, info);
      case HIGH -> new FindingCounts(critical, high + 1, medium, low, info);
      case MEDIUM -> new FindingCounts(critical, high, medium + 1, low, info);
      case LOW -> new FindingCounts(critical, high, medium, low + 1, info);
      case INFO -> new FindingCounts(critical, high, medium, low, info + 1);
    };
  }

  public FindingCounts plus(FindingCounts other) {
    return new FindingCounts(
        critical + other.critical,
        high + other.high,
        medium + other.medium,
        low + other.low,
        info + other.info);
  }

  /** Whether there is a finding that is enough for a verdict of FAIL. */
  public boolean fail(FailOn failOn) {
    return Arrays.stream(Severity.values())
        .anyMatch(severity -> of(severity) > 0 && severity.fails(failOn));
  }
}
