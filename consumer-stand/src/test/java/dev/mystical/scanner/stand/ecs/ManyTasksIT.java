package dev.mystical.scanner.stand.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskField;

/** Two thousand tasks at a time, over the wire, in real time. */
class ManyTasksIT {

  private static final int TASKS = 2_000;
  private static final int BATCH = 100;

  private final LocalEcsSettings settings =
      LocalEcsSettings.defaults()
          .withLimits(Limits.none())
          .withCommands(ContainerCommands.all(Fate.runsOn()));

  @Test
  void twoThousandTasksLiveAreListedDescribedAndStopped()
      throws InterruptedException, ExecutionException {
    SeenEvents events = new SeenEvents();
    try (Stand stand = new Stand(settings.withEvents(events));
        ExecutorService callers = Executors.newFixedThreadPool(16)) {
      all(callers, TASKS, i -> stand.launch());
      assertThat(list(stand)).hasSize(TASKS).doesNotHaveDuplicates();
      List<String> arns = list(stand);
      assertThat(describe(stand, callers, arns)).hasSize(TASKS);

      all(
          callers,
          TASKS,
          i -> stand.client.stopTask(s -> s.cluster(Stand.CLUSTER).task(arns.get(i))));
      for (int i = 0; i < TASKS; i++) {
        events.await("STOPPED");
      }
      assertThat(describe(stand, callers, arns))
          .hasSize(TASKS)
          .allSatisfy(task -> assertThat(task.lastStatus()).isEqualTo("STOPPED"));
      assertThat(stand.ecs.tasks()).hasSize(TASKS).noneMatch(LaunchedTask::alive);
    }
  }

  private static List<String> list(Stand stand) {
    List<String> arns = new ArrayList<>();
    ListTasksRequest.Builder request = ListTasksRequest.builder().cluster(Stand.CLUSTER);
    ListTasksResponse page = stand.client.listTasks(request.build());
    arns.addAll(page.taskArns());
    while (page.nextToken() != null) {
      page = stand.client.listTasks(request.nextToken(page.nextToken()).build());
      arns.addAll(page.taskArns());
    }
    return arns;
  }

  private static List<Task> describe(Stand stand, ExecutorService callers, List<String> arns)
      throws InterruptedException, ExecutionException {
    return all(
            callers,
            arns.size() / BATCH,
            i ->
                stand
                    .client
                    .describeTasks(d ->
                        d.cluster(Stand.CLUSTER)
                            .tasks(arns.subList(i * BATCH, (i + 1) * BATCH))
                            .include(TaskField.TAGS))
                    .tasks())
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static <T> List<T> all(ExecutorService callers, int count, IntFunction<T> call)
      throws InterruptedException, ExecutionException {
    List<Future<T>> pending = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      pending.add(callers.submit(() -> call.apply(number)));
    }
    List<T> answers = new ArrayList<>();
    for (Future<T> answer : pending) {
      answers.add(answer.get());
    }
    return answers;
  }
}
