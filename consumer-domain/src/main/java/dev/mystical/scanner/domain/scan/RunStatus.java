package dev.mystical.scanner.domain.scan;

/**
 * How far a run is. It moves forward alone, but for another attempt, which begins at PENDING again;
 * out of a terminal state leads nothing but a person's retry.
 */
public enum RunStatus {
  /** Waits for its launch. */
  PENDING,
  /** RunTask may have been called; the attempt is written. */
  LAUNCHING,
  /** ECS has accepted the task. */
  PROVISIONING,
  /** The scanning container runs. */
  RUNNING,
  /** The task has stopped; its report is awaited. */
  COLLECTING,
  SUCCEEDED,
  FAILED,
  TIMED_OUT,
  CANCELLED;

  public boolean ended() {
    return compareTo(SUCCEEDED) >= 0;
  }

  /** Whether ECS is known to have a task for it. */
  public boolean launched() {
    return compareTo(PROVISIONING) >= 0 && !ended();
  }
}
