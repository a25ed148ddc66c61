package dev.mystical.scanner.aws;

import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.TaskReport;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;

/** Reads a task of the SDK in ECS' own words: enumerations as the texts that came. */
final class TaskReports {
  private static final Pattern MIB = Pattern.compile("[1-9][0-9]{0,8}");

  private TaskReports() {}

  static TaskReport of(Task task, Optional<String> logUrl) {
    return new TaskReport(
        new TaskArn(task.taskArn()),
        EcsTasks.status(task.lastStatus()),
        EcsTasks.status(task.desiredStatus()),
        EcsTasks.words(task.stopCodeAsString()),
        EcsTasks.words(task.stoppedReason()),
        Optional.ofNullable(task.startedAt()),
        Optional.ofNullable(task.stoppedAt()),
        containers(task),
        memory(task),
        logUrl);
  }

  /** Where it says so itself, or where there is no other. */
  static Optional<Container> scanner(Task task) {
    List<Container> containers = task.containers();
    return EcsTasks.override(task)
        .map(override ->
            containers.stream().filter(it -> override.name().equals(it.name())).findFirst())
        .orElseGet(
            () -> containers.size() == 1 ? Optional.of(containers.getFirst()) : Optional.empty());
  }

  private static List<TaskReport.Container> containers(Task task) {
    return task.containers().stream()
        .filter(container -> container.name() != null && !container.name().isBlank())
        .map(container ->
            new TaskReport.Container(
                container.name(),
                EcsTasks.status(container.lastStatus()),
                Optional.ofNullable(container.exitCode()),
                EcsTasks.words(container.reason())))
        .toList();
  }

  /** The container's hard limit; without one it may use what the task has. */
  private static Optional<Integer> memory(Task task) {
    return scanner(task)
        .map(Container::memory)
        .flatMap(TaskReports::mebibytes)
        .or(() -> mebibytes(task.memory()));
  }

  private static Optional<Integer> mebibytes(@Nullable String text) {
    return Optional.ofNullable(text).filter(it -> MIB.matcher(it).matches()).map(Integer::valueOf);
  }
}
