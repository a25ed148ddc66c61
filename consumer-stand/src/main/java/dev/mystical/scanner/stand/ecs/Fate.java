package dev.mystical.scanner.stand.ecs;

import java.time.Duration;

/** What becomes of a container that has no process: the script a test writes for it. */
public sealed interface Fate {

  /** It ends by itself. An empty {@code reason} is none. */
  record Exits(int code, Duration after, String reason) implements Fate {}

  /**
   * It runs until it is told to stop and then ends with this code; 137 means that it takes no
   * notice of SIGTERM and is killed when the grace is over.
   */
  record RunsOn(int codeWhenStopped) implements Fate {}

  /**
   * The task never runs. Failed while PROVISIONING it shows no containers at all (PrefectHQ/prefect
   * #22410), later its containers without an exit code.
   */
  record FailsToStart(TaskStatus in, String reason) implements Fate {}

  /**
   * The task stays in this state: in one before RUNNING until StopTask, in one after it for good
   * (containers-roadmap#1084).
   */
  record StuckIn(TaskStatus in) implements Fate {
    public StuckIn {
      if (in == TaskStatus.RUNNING || in == TaskStatus.STOPPED) {
        throw new IllegalArgumentException("a task is not stuck in " + in);
      }
    }
  }

  /**
   * The first {@code stops} StopTask calls are taken and nothing follows (containers-roadmap#1084).
   */
  record IgnoresStop(int stops) implements Fate {}

  /**
   * The container ends by itself and its task stays as it is, until StopTask
   * (containers-roadmap#1084).
   */
  record Lingers(int code, Duration after) implements Fate {}

  /** Fargate Spot takes the task back: notice, SIGTERM, and after two minutes SIGKILL. */
  record Interrupted(Duration noticeAfter, String stopCode) implements Fate {}

  /** The task ends in any other way, known to ECS or not. An exit code below zero is none. */
  record Ends(String stopCode, String stoppedReason, int exitCode, Duration after)
      implements Fate {}

  static Fate exits(int code, Duration after) {
    return new Exits(code, after, "");
  }

  static Fate runsOn() {
    return new RunsOn(143);
  }

  /** Stopped-task error codes: OutOfMemoryError stands at the container, the exit code is 137. */
  static Fate outOfMemory(Duration after) {
    return new Exits(137, after, "OutOfMemoryError: Container killed due to memory usage");
  }

  static Fate failsToStart(String reason) {
    return new FailsToStart(TaskStatus.PROVISIONING, reason);
  }

  static Fate neverStops() {
    return new IgnoresStop(Integer.MAX_VALUE);
  }

  /**
   * "Fargate Spot termination notices", developer guide (newer text; the older says
   * TerminationNotice).
   */
  static Fate interrupted(Duration noticeAfter) {
    return new Interrupted(noticeAfter, "SpotInterruption");
  }
}
