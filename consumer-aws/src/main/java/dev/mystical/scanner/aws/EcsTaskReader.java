package dev.mystical.scanner.aws;

import dev.mystical.scanner.domain.launch.KnownTask;
import dev.mystical.scanner.domain.launch.TaskReader;
import dev.mystical.scanner.domain.launch.TasksUnavailable;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskField;

/** Looks at tasks through ListTasks and DescribeTasks. Immutable, for any thread. */
final class EcsTaskReader implements TaskReader {
  /** One run's name has a handful of tasks; a list that goes on and on is not believed. */
  static final int PAGES = 10;

  private static final Set<String> OVER = Set.of("STOPPED", "DELETED");

  private final EcsClient ecs;

  EcsTaskReader(EcsClient ecs) {
    this.ecs = ecs;
  }

  @Override
  public List<KnownTask> startedBy(String cluster, String startedBy) throws InterruptedException {
    List<TaskArn> listed = list(cluster, startedBy);
    List<KnownTask> known = new ArrayList<>();
    for (int from = 0; from < listed.size(); from += EcsTasks.BATCH) {
      known.addAll(
          describe(cluster, listed.subList(from, Math.min(from + EcsTasks.BATCH, listed.size()))));
    }
    if (known.size() < listed.size()) {
      // Whose they are is not known, and "nobody's" would start a second task.
      throw new TasksUnavailable(
          "ECS lists tasks of " + startedBy + " that it does not describe yet",
          new IllegalStateException(known.size() + " of " + listed.size() + " described"));
    }
    return known.stream().filter(task -> !OVER.contains(task.lastStatus())).toList();
  }

  private List<TaskArn> list(String cluster, String startedBy) throws InterruptedException {
    Set<TaskArn> listed = new LinkedHashSet<>();
    @Nullable String next = null;
    for (int page = 0; page < PAGES; page++) {
      String token = next;
      // ListTasks: startedBy "must be the only filter that you use".
      ListTasksResponse answer =
          EcsCall.of(
              "ListTasks",
              () -> ecs.listTasks(it -> it.cluster(cluster).startedBy(startedBy).nextToken(token)));
      answer.taskArns().forEach(arn -> listed.add(new TaskArn(arn)));
      next = answer.nextToken();
      if (next == null || next.isEmpty()) {
        return List.copyOf(listed);
      }
    }
    throw new TasksUnavailable(
        "ECS lists too many tasks of " + startedBy,
        new IllegalStateException("more than " + PAGES + " pages"));
  }

  @Override
  public List<KnownTask> describe(String cluster, List<TaskArn> tasks) throws InterruptedException {
    return EcsTasks.describe(ecs, cluster, tasks, TaskField.TAGS).stream()
        .map(EcsTaskReader::known)
        .toList();
  }

  private static KnownTask known(Task task) {
    return new KnownTask(
        new TaskArn(task.taskArn()), EcsTasks.status(task.lastStatus()), EcsTasks.tags(task));
  }
}
