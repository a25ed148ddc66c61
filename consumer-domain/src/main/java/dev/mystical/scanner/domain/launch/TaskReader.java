package dev.mystical.scanner.domain.launch;

import dev.mystical.scanner.domain.scan.TaskArn;
import java.util.List;

/**
 * Looks at tasks on ECS. Safe for use by many threads; each method blocks for calls of bounded
 * length and throws {@link TasksUnavailable} when there is no answer. A task shows some seconds
 * after it was accepted, and is gone an hour after it stopped: absence proves little.
 */
public interface TaskReader {
  /** The tasks that were started under that name and are not stopped, with their tags. */
  List<KnownTask> startedBy(String cluster, String startedBy) throws InterruptedException;

  /** Those of the named tasks that ECS still shows, with their tags; at most 100 names. */
  List<KnownTask> describe(String cluster, List<TaskArn> tasks) throws InterruptedException;
}
