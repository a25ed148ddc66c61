package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.supervise.TaskReport.Container;
import dev.mystical.scanner.domain.supervise.TaskState.Again;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges a task by its description alone, and of its containers the scanning one alone: sidecars
 * are killed when it ends. Only an exit code of 0 of a task that ended by itself is a success;
 * words, codes and statuses that are not known never are.
 *
 * <p>Asked in this order, since each answer explains the ones after it: was it out of memory (its
 * container's reason says so, while the task just "exited"); was its capacity or its host taken
 * away (the container then exits in any way, with 0 too); was it stopped from outside; did it
 * succeed; did it ever start; how did it exit.
 */
final class TaskJudge {
  /** ECS' words are kept as far as this; reasons of containers have 1,024 characters at most. */
  static final int LONGEST_REASON = 1_000;

  private static final String USUAL_END = "Essential container in task exited";

  private TaskJudge() {}

  /** What a task's description says. */
  static TaskState judge(TaskReport report, String container) {
    Optional<Container> scanning = report.container(container);
    if (report.stopped() || scanning.filter(TaskJudge::exited).isPresent()) {
      return ended(report, scanning);
    }
    return switch (report.lastStatus()) {
      case "PROVISIONING", "PENDING", "ACTIVATING" -> new TaskState.Starting();
      case "RUNNING" -> new TaskState.Running(report.startedAt());
      // On its way to its end, or in a status not known yet: it may never have started.
      default ->
          report.startedAt().isPresent()
              ? new TaskState.Running(report.startedAt())
              : new TaskState.Starting();
    };
  }

  /** What a person should read: the container's reason, and the task's. */
  static Optional<String> reason(TaskReport report, String container) {
    return words(
        report.container(container).flatMap(Container::reason).stream(),
        report.stoppedReason().stream());
  }

  /** A container that ECS restarts may keep its last exit code while it runs. */
  private static boolean exited(Container container) {
    return container.exitCode().isPresent() && container.lastStatus().equals("STOPPED");
  }

  private static TaskState ended(TaskReport report, Optional<Container> scanning) {
    Optional<Integer> exitCode = scanning.flatMap(Container::exitCode);
    Optional<String> itsReason = scanning.flatMap(Container::reason).filter(it -> !it.isBlank());
    if (outOfMemory(report, exitCode, itsReason)) {
      return new TaskState.Failed(
          ErrorCode.OUT_OF_MEMORY, Memory.advice(report.memory()), Again.NEVER);
    }
    Optional<String> words = words(itsReason.stream(), report.stoppedReason().stream());
    StopCode code = StopCode.of(report.stopCode());
    Optional<StopWords> taken =
        code == StopCode.SPOT
            ? Optional.of(StopWords.SPOT)
            : report.stoppedReason().flatMap(StopWords::of).filter(StopWords::takenAway);
    if (taken.isPresent()) {
      return told(taken.get(), words);
    }
    return switch (code) {
      case SPOT, NOTICE -> told(StopWords.SPOT, words);
      case STOPPED -> taskFailed("stopped by somebody: " + words.orElse("no reason given"));
      case BY_ITSELF ->
          exitCode.equals(Optional.of(0)) && itsReason.isEmpty()
              ? new TaskState.Succeeded()
              : failed(report, exitCode, words);
      case NOT_STARTED -> notStarted(report, exitCode, itsReason);
      case UNKNOWN -> failed(report, exitCode, words);
    };
  }

  /** The task's reason says of no container that it is the one, unless ours was killed. */
  private static boolean outOfMemory(
      TaskReport report, Optional<Integer> exitCode, Optional<String> itsReason) {
    boolean killed = exitCode.equals(Optional.of(ExitCodes.KILLED));
    return itsReason
        .or(() -> killed ? report.stoppedReason() : Optional.empty())
        .flatMap(StopWords::of)
        .filter(StopWords.OUT_OF_MEMORY::equals)
        .isPresent();
  }

  private static TaskState failed(
      TaskReport report, Optional<Integer> exitCode, Optional<String> words) {
    return exitCode
        .filter(it -> it != 0)
        .map(it -> exited(it, words))
        .or(() -> words.flatMap(StopWords::of).map(it -> told(it, words)))
        .orElseGet(() -> unknown(report, exitCode, words));
  }

  private static TaskState exited(int exitCode, Optional<String> words) {
    String more = words.filter(it -> !it.equals(USUAL_END)).map(it -> ": " + it).orElse("");
    return taskFailed(ExitCodes.name(exitCode) + more);
  }

  /** It may have done its work, so it is not repeated, and may not have, so it is no success. */
  private static TaskState unknown(
      TaskReport report, Optional<Integer> exitCode, Optional<String> words) {
    String message =
        "ended in a way that is not known: %s, stopCode %s, %s"
            .formatted(
                exitCode.map(it -> "exit code " + it).orElse("no exit code"),
                report.stopCode().map(TaskJudge::cut).orElse("absent"),
                words.orElse("no reason given"));
    return new TaskState.Failed(ErrorCode.TASK_LOST, message, Again.NEVER);
  }

  /**
   * Its reason may be empty, and so may its list of containers. Where the scanning container is
   * fine, the image of another one may be missing. Without words that are known it is tried again:
   * nothing of it ran.
   */
  private static TaskState notStarted(
      TaskReport report, Optional<Integer> exitCode, Optional<String> itsReason) {
    Optional<String> words =
        words(
            Stream.concat(itsReason.stream(), report.stoppedReason().stream()),
            report.containers().stream().flatMap(it -> it.reason().stream()));
    return words
        .flatMap(StopWords::of)
        .map(it -> told(it, words))
        .or(() -> exitCode.filter(it -> it != 0).map(it -> exited(it, words)))
        .orElseGet(() -> told(StopWords.PLATFORM, words));
  }

  private static TaskState told(StopWords meaning, Optional<String> words) {
    String message = meaning.meaning() + words.map(it -> ": " + it).orElse("");
    return new TaskState.Failed(meaning.code(), message, meaning.again());
  }

  private static TaskState taskFailed(String message) {
    return new TaskState.Failed(ErrorCode.TASK_FAILED, message, Again.NEVER);
  }

  private static Optional<String> words(Stream<String> first, Stream<String> then) {
    String text =
        Stream.concat(first, then)
            .map(String::strip)
            .filter(it -> !it.isEmpty())
            .distinct()
            .collect(Collectors.joining("; "));
    return text.isEmpty() ? Optional.empty() : Optional.of(cut(text));
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
  }
}
