package dev.mystical.scanner.domain.supervise;

import java.util.Optional;

/**
 * What a task's stopCode says, as far as it decides something. ECS' model has six of them, and they
 * have grown in number before.
 */
enum StopCode {
  /** None yet, as of a task whose containers have just ended, or EssentialContainerExited. */
  BY_ITSELF,
  /** SpotInterruption. */
  SPOT,
  /**
   * TerminationNotice: the older name of the same (task state change events), and what a task has
   * whose EC2 host is terminated.
   */
  NOTICE,
  /** UserInitiated, and ServiceSchedulerInitiated, which no task of ours should have. */
  STOPPED,
  /** TaskFailedToStart. */
  NOT_STARTED,
  UNKNOWN;

  static StopCode of(Optional<String> stopCode) {
    return switch (stopCode.orElse("")) {
      case "", "EssentialContainerExited" -> BY_ITSELF;
      case "SpotInterruption" -> SPOT;
      case "TerminationNotice" -> NOTICE;
      case "UserInitiated", "ServiceSchedulerInitiated" -> STOPPED;
      case "TaskFailedToStart" -> NOT_STARTED;
      default -> UNKNOWN;
    };
  }
}
