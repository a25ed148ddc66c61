package dev.mystical.scanner.domain.scan;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why we ask ECS to stop a task. The words go with StopTask and come back as the task's
 * stoppedReason, so that a scan that is rebuilt from its tasks ends as it had ended before.
 */
public enum StopReason {
  CANCELLED("cancelled"),
  RUN_TIMEOUT("run timeout"),
  START_TIMEOUT("start timeout"),
  /** Nobody waits for it. */
  LEFT_OVER("left over"),
  /** Its work is done, and it should have stopped by itself. */
  LINGERING("lingering");

  private static final String OURS = "scanner: ";

  private final String words;

  StopReason(String words) {
    this.words = words;
  }

  /** What ECS is told. */
  public String text() {
    return OURS + words;
  }

  /** The reason that a task's stoppedReason repeats, if it was us who stopped it. */
  public static Optional<StopReason> of(String stoppedReason) {
    return Arrays.stream(values()).filter(it -> it.text().equals(stoppedReason)).findFirst();
  }
}
