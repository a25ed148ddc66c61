package dev.mystical.scanner.domain.scan;

/** How far a scan is: did the work run? Says nothing about findings. */
public enum ScanStatus {
  QUEUED,
  RUNNING,
  SUCCEEDED,
  PARTIAL,
  FAILED,
  CANCELLED,
  TIMED_OUT;

  public boolean ended() {
    return compareTo(SUCCEEDED) >= 0;
  }
}
