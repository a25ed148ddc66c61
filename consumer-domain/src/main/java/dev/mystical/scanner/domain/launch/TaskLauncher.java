package dev.mystical.scanner.domain.launch;

/** Starts tasks on ECS. Safe for use by many threads. */
public interface TaskLauncher {
  /**
   * Asks ECS once to start a task. Blocks for at most the call's own deadline. Idempotent by the
   * request's token, within the limits of that token's life. Every answer, and the lack of one, is
   * an outcome; nothing but an interrupt is thrown.
   */
  LaunchOutcome launch(TaskRequest request) throws InterruptedException;
}
