package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.util.List;

/**
 * What has to be asked of ECS before a run can be judged.
 *
 * @param tasks to be looked at by name
 * @param searches attempts that may have a task of which nobody was told
 */
public record Looks(List<Task> tasks, List<Attempt> searches) {
  public Looks {
    tasks = List.copyOf(tasks);
    searches = List.copyOf(searches);
  }

  /** A task, and where it runs. */
  public record Task(String cluster, TaskArn arn) {}
}
