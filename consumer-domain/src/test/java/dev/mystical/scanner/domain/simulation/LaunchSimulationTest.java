package dev.mystical.scanner.domain.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.launch.InMemoryTask;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole launches under every fault that ECS, ledger and crashes know, on one thread. */
class LaunchSimulationTest {
  private static final int MOST_TURNS = 20_000;

  @Test
  void aLaunchedRunHasOneTask() {
    Seeds.check(
        1_500,
        random -> {
          LaunchWorld world = new LaunchWorld(random, 1 + random.nextInt(3), random.nextInt(10));
          world.run(MOST_TURNS);
          assertSettled(world);
          for (Run run : world.scan().runs()) {
            if (run.status().launched()) {
              assertThat(tasks(world, run))
                  .as("tasks of %s", run)
                  .extracting(InMemoryTask::arn)
                  .containsExactlyElementsOf(adopted(run));
            }
          }
        });
  }

  /** A crash may forget that a call went out a moment ago; what is left then, others must stop. */
  @Test
  void aRunThatWaitedTooLongHasNoTaskUnlessItsWorkerCrashed() {
    Seeds.check(
        1_500,
        random -> {
          LaunchWorld world = new LaunchWorld(random, 1, 0);
          world.run(MOST_TURNS);
          assertSettled(world);
          for (Run run : world.scan().runs()) {
            if (run.status() == RunStatus.TIMED_OUT) {
              assertThat(tasks(world, run)).as("tasks of %s", run).isEmpty();
            }
          }
        });
  }

  private static void assertSettled(LaunchWorld world) throws InterruptedException {
    Scan scan = world.scan();
    assertThat(scan.settled()).isTrue();
    assertThat(scan.runs())
        .as("no request conflicts with its own token")
        .noneMatch(run -> run.error().filter(it -> it.code() == ErrorCode.INTERNAL).isPresent());
    assertThat(world.ecs.calls())
        .as("calls within the pace")
        .hasSizeLessThanOrEqualTo(world.pace.places().size());
  }

  private static List<InMemoryTask> tasks(LaunchWorld world, Run run) {
    return world.ecs.tasks().stream()
        .filter(task -> task.request().startedBy().endsWith("/" + run.provider()))
        .toList();
  }

  private static List<TaskArn> adopted(Run run) {
    return run.lastAttempt().flatMap(Attempt::task).stream().toList();
  }
}
