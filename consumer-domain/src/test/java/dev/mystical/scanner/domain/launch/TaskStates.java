package dev.mystical.scanner.domain.launch;

import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.TaskReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The states of a task with one container, as ECS describes them. */
public final class TaskStates {
  private static final int TERMINATED = 143;

  private TaskStates() {}

  /** RunTask has just accepted it. */
  public static TaskReport accepted(TaskArn arn) {
    return new TaskReport(
        arn,
        "PROVISIONING",
        "RUNNING",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.of(512),
        Optional.empty());
  }

  /** Its container runs. */
  public static TaskReport running(TaskReport task, String container, Instant now) {
    return with(
        at(task, "RUNNING", task.startedAt().or(() -> Optional.of(now)), Optional.empty()),
        container(container, "RUNNING", Optional.empty()));
  }

  /** Its container has ended by itself, and the task with it. */
  public static TaskReport exited(TaskReport task, String container, int code, Instant now) {
    TaskReport running = running(task, container, now);
    return stopped(
        with(
            doomed(running, "EssentialContainerExited", "Essential container in task exited"),
            container(container, "STOPPED", Optional.of(code))),
        now);
  }

  /** It has to stop, and goes on until it does; the first reason stays. */
  public static TaskReport doomed(TaskReport task, String stopCode, String reason) {
    return new TaskReport(
        task.arn(),
        task.lastStatus(),
        "STOPPED",
        task.stopCode().or(() -> Optional.of(stopCode)),
        task.stoppedReason().or(() -> Optional.of(reason)),
        task.startedAt(),
        task.stoppedAt(),
        task.containers(),
        task.memory(),
        task.logUrl());
  }

  /** It has stopped; a container that ran was told to. */
  public static TaskReport stopped(TaskReport task, Instant now) {
    List<TaskReport.Container> ended =
        task.containers().stream()
            .map(it ->
                container(it.name(), "STOPPED", it.exitCode().or(() -> Optional.of(TERMINATED))))
            .toList();
    TaskReport over =
        at(task, "STOPPED", task.startedAt(), task.stoppedAt().or(() -> Optional.of(now)));
    return with(doomed(over, "UserInitiated", "Task stopped by user"), ended);
  }

  private static TaskReport.Container container(
      String name, String status, Optional<Integer> exitCode) {
    return new TaskReport.Container(name, status, exitCode, Optional.empty());
  }

  private static TaskReport with(TaskReport task, TaskReport.Container container) {
    return with(task, List.of(container));
  }

  private static TaskReport with(TaskReport task, List<TaskReport.Container> containers) {
    return new TaskReport(
        task.arn(),
        task.lastStatus(),
        task.desiredStatus(),
        task.stopCode(),
        task.stoppedReason(),
        task.startedAt(),
        task.stoppedAt(),
        containers,
        task.memory(),
        task.logUrl());
  }

  private static TaskReport at(
      TaskReport task, String status, Optional<Instant> startedAt, Optional<Instant> stoppedAt) {
    return new TaskReport(
        task.arn(),
        status,
        task.desiredStatus(),
        task.stopCode(),
        task.stoppedReason(),
        startedAt,
        stoppedAt,
        task.containers(),
        task.memory(),
        task.logUrl());
  }
}
