package dev.mystical.scanner.stand.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;

class TaskLifeIT {

  private final Stand stand = Stand.atHand();

  @AfterEach
  void close() {
    stand.close();
  }

  private List<String> ladderOf(String arn, int seconds) {
    List<String> seen = new ArrayList<>();
    for (int i = 0; i <= seconds; i++) {
      Task task = stand.task(arn);
      seen.add(task.version() + " " + task.lastStatus() + "/" + task.desiredStatus());
      stand.seconds(1);
    }
    return seen;
  }

  @Test
  void everyStateIsSeenAndRaisesTheVersionByOne() {
    stand.ecs.fate(FateRule.next(Fate.exits(3, Duration.ofSeconds(1))));
    String arn = stand.launch();

    // The wish to stop is a version of its own, passed within the instant of DEACTIVATING.
    assertThat(ladderOf(arn, 7))
        .containsExactly(
            "1 PROVISIONING/RUNNING",
            "2 PENDING/RUNNING",
            "3 ACTIVATING/RUNNING",
            "4 RUNNING/RUNNING",
            "6 DEACTIVATING/STOPPED",
            "7 STOPPING/STOPPED",
            "8 DEPROVISIONING/STOPPED",
            "9 STOPPED/STOPPED");
  }

  @Test
  void theExitCodeAndAllTimesAreThereAtTheEnd() {
    stand.ecs.fate(FateRule.next(Fate.exits(3, Duration.ofSeconds(1))));
    String arn = stand.launch();
    stand.seconds(3);
    assertThat(stand.task(arn).containers().getFirst().exitCode()).isNull();
    stand.seconds(10);

    Task task = stand.task(arn);
    Container container = task.containers().getFirst();
    assertThat(container.exitCode()).isEqualTo(3);
    assertThat(container.lastStatus()).isEqualTo("STOPPED");
    assertThat(task.stopCodeAsString()).isEqualTo("EssentialContainerExited");
    assertThat(task.stoppedReason()).isEqualTo("Essential container in task exited");
    assertThat(task.createdAt()).isEqualTo(Stand.START);
    assertThat(task.pullStartedAt()).isEqualTo(Stand.START.plusSeconds(1));
    assertThat(task.startedAt()).isEqualTo(Stand.START.plusSeconds(3));
    assertThat(task.stoppingAt()).isEqualTo(Stand.START.plusSeconds(4));
    assertThat(task.executionStoppedAt()).isEqualTo(Stand.START.plusSeconds(6));
    assertThat(task.stoppedAt()).isEqualTo(Stand.START.plusSeconds(7));
  }
}
