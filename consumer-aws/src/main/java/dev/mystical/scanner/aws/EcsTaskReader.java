package dev.mystical.scanner.aws;

import dev.mystical.scanner.domain.launch.KnownTask;
import dev.mystical.scanner.domain.launch.TaskReader;
import dev.mystical.scanner.domain.launch.TasksUnavailable;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskField;

/** Looks at tasks through ListTasks and DescribeTasks. Immutable, for any thread. */
final class EcsTaskReader implements TaskReader {
  /** DescribeTasks: "A list of up to 100 task IDs or full ARN entries". */
  static final int BATCH = 100;

  /** One run's name has a handful of tasks; a list that goes on and on is not believed. */
  static final int PAGES = 10;

  private static final String GONE = "MISSING";
  private static final Set<String> OVER = Set.of("STOPPED", "DELETED");

  private final EcsClient ecs;

  EcsTaskReader(EcsClient ecs) {
    this.ecs = ecs;
  }

  @Override
  public List<KnownTask> startedBy(String cluster, String startedBy) throws InterruptedException {
    List<TaskArn> listed = list(cluster, startedBy);
    List<KnownTask> known = new ArrayList<>();
    for (int from = 0; from < listed.size(); from += BATCH) {
      known.addAll(describe(cluster, listed.subList(from, Math.min(from + BATCH, listed.size()))));
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
    if (tasks.size() > BATCH) {
      throw new IllegalArgumentException("at most " + BATCH + " tasks: " + tasks.size());
    }
    if (tasks.isEmpty()) {
      return List.of();
    }
    List<String> arns = tasks.stream().map(TaskArn::value).toList();
    DescribeTasksResponse answer =
        EcsCall.of(
            "DescribeTasks",
            () -> ecs.describeTasks(it -> it.cluster(cluster).tasks(arns).include(TaskField.TAGS)));
    answer.failures().stream()
        .filter(failure -> !GONE.equals(failure.reason()))
        .findFirst()
        .ifPresent(failure -> {
          throw new TasksUnavailable(
              "ECS DescribeTasks: " + Line.of(String.valueOf(failure.reason())),
              new IllegalStateException(String.valueOf(failure.arn())));
        });
    return answer.tasks().stream().map(EcsTaskReader::known).toList();
  }

  private static KnownTask known(Task task) {
    return new KnownTask(
        new TaskArn(task.taskArn()),
        task.lastStatus() == null ? "UNKNOWN" : task.lastStatus(),
        task.tags().stream()
            .filter(tag -> tag.key() != null && tag.value() != null)
            .collect(Collectors.toMap(Tag::key, Tag::value, (first, second) -> first)));
  }
}
