package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.launch.KnownTask;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What ECS answered about the tasks of one run.
 *
 * @param tasks by name; one that ECS was asked for and did not answer about is not in here
 * @param found by attempt number, what a search by name brought; absent where none was answered
 * @param eventsFlow whether task events came in of late
 */
public record Sights(
    Map<TaskArn, Sight> tasks, Map<Integer, List<KnownTask>> found, boolean eventsFlow) {
  /** Nothing was answered. */
  public static final Sights NONE = new Sights(Map.of(), Map.of(), false);

  public Sights {
    tasks = Map.copyOf(tasks);
    found = Map.copyOf(found);
  }

  /** One answer about one task. */
  public sealed interface Sight {
    /** ECS describes it. */
    record Known(TaskReport report) implements Sight {}

    /** ECS denies knowing it. */
    record Missing() implements Sight {}
  }

  Optional<Sight> of(TaskArn task) {
    return Optional.ofNullable(tasks.get(task));
  }

  Optional<List<KnownTask>> search(int attempt) {
    return Optional.ofNullable(found.get(attempt));
  }
}
