package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.scan.TaskArn;
import java.util.List;

/** Looks at tasks that are known by name, and stops them. Safe for use by many threads. */
public interface TaskWatcher {
  /** How many tasks one call may name. */
  int BATCH = 100;

  /**
   * Those of the named tasks, at most {@link #BATCH}, that ECS knows; it knows one for an hour
   * after it stopped, and not yet in its first seconds. Blocks for one call of bounded length;
   * throws {@link dev.mystical.scanner.domain.launch.TasksUnavailable} when there is no answer.
   */
  List<TaskReport> look(String cluster, List<TaskArn> tasks) throws InterruptedException;

  /**
   * Asks ECS to stop a task. Blocks for one call of bounded length; every answer, and the lack of
   * one, is an outcome. Idempotent. A task that was asked to stop may run on for minutes.
   */
  StopOutcome stop(String cluster, TaskArn task, String reason) throws InterruptedException;
}
