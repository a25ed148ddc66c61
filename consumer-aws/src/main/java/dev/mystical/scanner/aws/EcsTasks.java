package dev.mystical.scanner.aws;

import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.domain.launch.TasksUnavailable;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskField;

/** DescribeTasks, and how its answers are read. */
final class EcsTasks {
  /** DescribeTasks: "A list of up to 100 task IDs or full ARN entries". */
  static final int BATCH = 100;

  private static final String GONE = "MISSING";

  /** The longest reason that ECS documents ("Container", reason). */
  private static final int LONGEST = 1024;

  private EcsTasks() {}

  /**
   * Those of the named tasks that ECS knows, by one call. An answer that says nothing about a task,
   * neither what it is nor that it is not there, is none: who takes silence for absence ends a scan
   * that runs, or starts a second task.
   */
  static List<Task> describe(
      EcsClient ecs, String cluster, List<TaskArn> tasks, TaskField... fields)
      throws InterruptedException {
    if (tasks.size() > BATCH) {
      throw new IllegalArgumentException("at most " + BATCH + " tasks: " + tasks.size());
    }
    if (tasks.isEmpty()) {
      return List.of();
    }
    List<String> names = tasks.stream().map(TaskArn::value).distinct().toList();
    DescribeTasksRequest.Builder request =
        DescribeTasksRequest.builder().cluster(cluster).tasks(names);
    if (fields.length > 0) {
      request.include(fields);
    }
    DescribeTasksResponse answer =
        EcsCall.of("DescribeTasks", () -> ecs.describeTasks(request.build()));
    answer.failures().stream()
        .filter(failure -> !GONE.equals(failure.reason()))
        .findFirst()
        .ifPresent(failure -> {
          throw unclear(Line.of(String.valueOf(failure.reason())), failure.arn());
        });
    List<Task> known = answer.tasks().stream().filter(EcsTasks::named).toList();
    long gone = answer.failures().stream().map(Failure::arn).distinct().count();
    if (known.size() + gone < names.size()) {
      throw unclear("%d of %d tasks".formatted(known.size() + gone, names.size()), names.getLast());
    }
    return known;
  }

  private static TasksUnavailable unclear(String said, @Nullable String task) {
    return new TasksUnavailable(
        "ECS DescribeTasks: " + said, new IllegalStateException(String.valueOf(task)));
  }

  private static boolean named(Task task) {
    return task.taskArn() != null && !task.taskArn().isBlank();
  }

  static Map<String, String> tags(Task task) {
    return task.tags().stream()
        .filter(tag -> tag.key() != null && tag.value() != null)
        .collect(Collectors.toMap(Tag::key, Tag::value, (first, second) -> first));
  }

  /** The override of its launch: of one container, the scanning one. */
  static Optional<ContainerOverride> override(Task task) {
    return Optional.ofNullable(task.overrides()).stream()
        .flatMap(overrides -> overrides.containerOverrides().stream())
        .filter(container -> container.name() != null && !container.name().isBlank())
        .findFirst();
  }

  /** What ECS says, if it says anything, and not without end. It repeats registries' addresses. */
  static Optional<String> words(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    String clean = Redactor.byShape().clean(text);
    return Optional.of(clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST));
  }

  /** A state's name. A task without one is not known to be over. */
  static String status(@Nullable String word) {
    return words(word).orElse("UNKNOWN");
  }
}
