package dev.mystical.scanner.domain.reconcile;

import dev.mystical.scanner.domain.launch.TaskRequest;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.ListedTask;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tasks as ECS lists them, for tests. */
public final class ListedTasks {
  private ListedTasks() {}

  /** The task that a request started. */
  public static ListedTask running(TaskRequest request, TaskArn arn, Instant createdAt) {
    return new ListedTask(
        arn,
        "RUNNING",
        "RUNNING",
        request.startedBy(),
        request.tags(),
        "arn:aws:ecs:eu-west-1:123456789012:task-definition/" + request.taskDefinition(),
        Optional.of(request.container()),
        request.environment(),
        request.placement(),
        Optional.of(createdAt),
        Optional.empty());
  }

  public static ListedTask stopped(ListedTask task) {
    return in(task, "STOPPED", "STOPPED");
  }

  static ListedTask in(ListedTask task, String lastStatus, String desiredStatus) {
    return new ListedTask(
        task.arn(),
        lastStatus,
        desiredStatus,
        task.startedBy(),
        task.tags(),
        task.taskDefinition(),
        task.container(),
        task.environment(),
        task.placement(),
        task.createdAt(),
        task.startedAt());
  }

  public static ListedTask startedBy(ListedTask task, String startedBy) {
    return new ListedTask(
        task.arn(),
        task.lastStatus(),
        task.desiredStatus(),
        startedBy,
        task.tags(),
        task.taskDefinition(),
        task.container(),
        task.environment(),
        task.placement(),
        task.createdAt(),
        task.startedAt());
  }

  static ListedTask tagged(ListedTask task, String name, Optional<String> value) {
    return new ListedTask(
        task.arn(),
        task.lastStatus(),
        task.desiredStatus(),
        task.startedBy(),
        with(task.tags(), name, value),
        task.taskDefinition(),
        task.container(),
        task.environment(),
        task.placement(),
        task.createdAt(),
        task.startedAt());
  }

  static ListedTask variable(ListedTask task, String name, Optional<String> value) {
    return new ListedTask(
        task.arn(),
        task.lastStatus(),
        task.desiredStatus(),
        task.startedBy(),
        task.tags(),
        task.taskDefinition(),
        task.container(),
        with(task.environment(), name, value),
        task.placement(),
        task.createdAt(),
        task.startedAt());
  }

  private static Map<String, String> with(
      Map<String, String> before, String name, Optional<String> value) {
    Map<String, String> next = new HashMap<>(before);
    next.remove(name);
    value.ifPresent(it -> next.put(name, it));
    return next;
  }
}
