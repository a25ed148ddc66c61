package dev.mystical.scanner.domain.scan;

import java.util.List;
import java.util.Optional;

/** How a scan ends, given how its runs ended. */
final class ScanEnd {
  private ScanEnd() {}

  static ScanStatus status(List<Run> runs) {
    List<Run> missing = runs.stream().filter(run -> run.status() != RunStatus.SUCCEEDED).toList();
    List<Run> missed = missing.stream().filter(Run::required).toList();
    if (missing.isEmpty()) {
      return ScanStatus.SUCCEEDED;
    }
    if (missing.stream().anyMatch(run -> run.status() == RunStatus.CANCELLED)) {
      return ScanStatus.CANCELLED;
    }
    if (missed.isEmpty()) {
      return ScanStatus.PARTIAL;
    }
    return missed.stream().allMatch(run -> run.status() == RunStatus.TIMED_OUT)
        ? ScanStatus.TIMED_OUT
        : ScanStatus.FAILED;
  }

  /** The error of the first run that decided the end. */
  static Optional<ScanError> error(List<Run> runs) {
    return runs.stream()
        .filter(run -> run.status() != RunStatus.SUCCEEDED)
        .sorted((a, b) -> Boolean.compare(b.required(), a.required()))
        .flatMap(run -> run.error().stream())
        .findFirst();
  }
}
