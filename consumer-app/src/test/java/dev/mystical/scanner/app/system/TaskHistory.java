package dev.mystical.scanner.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.stand.ecs.LaunchedTask;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All tasks that ECS ever had, and what must be true of them. */
record TaskHistory(List<LaunchedTask> tasks) {
  TaskHistory {
    tasks = List.copyOf(tasks);
  }

  Map<String, List<LaunchedTask>> byRun() {
    return tasks.stream().collect(Collectors.groupingBy(LaunchedTask::startedBy));
  }

  TaskHistory noneRunsOn() {
    assertThat(tasks.stream().filter(LaunchedTask::alive)).as("tasks that run on").isEmpty();
    return this;
  }

  TaskHistory noAttemptIsLaunchedTwice() {
    Map<String, Long> attempts =
        tasks.stream().collect(Collectors.groupingBy(TaskHistory::attempt, Collectors.counting()));
    assertThat(attempts.entrySet().stream().filter(it -> it.getValue() > 1))
        .as("attempts with more than one task")
        .isEmpty();
    return this;
  }

  /** A run's next task is created when the one before has stopped, and no sooner. */
  TaskHistory noRunHasTwoTasksAtATime() {
    byRun()
        .forEach((run, its) -> {
          List<LaunchedTask> inOrder =
              its.stream().sorted(Comparator.comparing(task -> at(task, "createdAt"))).toList();
          for (int i = 1; i < inOrder.size(); i++) {
            assertThat(at(inOrder.get(i), "createdAt"))
                .as("%s: task %d came while the one before it was there", run, i + 1)
                .isAfterOrEqualTo(at(inOrder.get(i - 1), "stoppedAt"));
          }
        });
    return this;
  }

  private static String attempt(LaunchedTask task) {
    return task.startedBy() + " attempt " + task.tags().getOrDefault("scan:attempt", "(none)");
  }

  private static Instant at(LaunchedTask task, String stamp) {
    return task.stamps().getOrDefault(stamp, Instant.MAX);
  }
}
