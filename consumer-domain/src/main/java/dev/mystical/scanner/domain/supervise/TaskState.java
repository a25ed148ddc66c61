package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.scan.ErrorCode;
import java.time.Instant;
import java.util.Optional;

/** What a task's description says about the attempt that it is. */
public sealed interface TaskState {
  /** Its scanning container has not run yet. */
  record Starting() implements TaskState {}

  /**
   * Its scanning container runs, or is about to end.
   *
   * @param since by ECS' clock, where it says
   */
  record Running(Optional<Instant> since) implements TaskState {}

  /** Its scanning container has ended by itself, with exit code 0. */
  record Succeeded() implements TaskState {}

  /**
   * It has ended in any other way. What is not known to be a success is none.
   *
   * @param message for a person: what ECS said, and what would help
   */
  record Failed(ErrorCode code, String message, Again again) implements TaskState {}

  /** Whether another attempt may end otherwise. */
  enum Again {
    /** The scanner, the settings or a person ended it: the same would happen again. */
    NEVER,
    /** The infrastructure did. */
    MAYBE,
    /** Spot took its capacity back, which has a budget of its own. */
    SPOT
  }
}
