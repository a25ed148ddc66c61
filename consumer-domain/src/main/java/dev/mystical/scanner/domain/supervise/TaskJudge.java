package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.scan.ErrorCode;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges a task by its description alone. Only an exit code of 0, of the scanning container, in a
 * task that ended by itself, is a success.
 */
final class TaskJudge {
  private TaskJudge() {}

  /** What a task's description says. */
  static TaskState judge(TaskReport report, String container) {
    Optional<Integer> exitCode = report.container(container).flatMap(it -> it.exitCode());
    if (!report.stopped() && exitCode.isEmpty()) {
      return switch (report.lastStatus()) {
        case "PROVISIONING", "PENDING", "ACTIVATING" -> new TaskState.Starting();
        default -> new TaskState.Running(report.startedAt());
      };
    }
    if (exitCode.filter(code -> code == 0).isPresent()) {
      return new TaskState.Succeeded();
    }
    return new TaskState.Failed(
        ErrorCode.TASK_FAILED, reason(report, container).orElse("ended"), TaskState.Again.NEVER);
  }

  /** What a person should read: the container's reason, and the task's. */
  static Optional<String> reason(TaskReport report, String container) {
    String text =
        Stream.concat(
                report.container(container).flatMap(TaskReport.Container::reason).stream(),
                report.stoppedReason().stream())
            .distinct()
            .collect(Collectors.joining("; "));
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
