package dev.mystical.scanner.stand.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
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

  private void stop(String arn, String reason) {
    var unused = stand.client.stopTask(s -> s.cluster(Stand.CLUSTER).task(arn).reason(reason));
  }

  @Test
  void aStopIsWishedAtOnceAndDoneLater() {
    String arn = stand.launch();
    stand.seconds(3);

    Task answered =
        stand.client.stopTask(s -> s.cluster(Stand.CLUSTER).task(arn).reason("too slow")).task();
    assertThat(answered.desiredStatus()).isEqualTo("STOPPED");
    assertThat(answered.lastStatus()).isNotEqualTo("STOPPED");
    stand.seconds(10);
    Task task = stand.task(arn);
    assertThat(task.lastStatus()).isEqualTo("STOPPED");
    assertThat(task.stopCodeAsString()).isEqualTo("UserInitiated");
    assertThat(task.stoppedReason()).isEqualTo("too slow");
    assertThat(task.containers().getFirst().exitCode()).isEqualTo(143);
  }

  @Test
  void aContainerThatIgnoresTheSignalIsKilledAfterTheGrace() {
    stand.ecs.fate(FateRule.next(new Fate.RunsOn(137)));
    String arn = stand.launch();
    stand.seconds(3);
    stop(arn, "");
    stand.seconds(2 + 29);
    assertThat(stand.task(arn).lastStatus()).isEqualTo("STOPPING");
    stand.seconds(2);
    Task task = stand.task(arn);
    assertThat(task.lastStatus()).isEqualTo("STOPPED");
    assertThat(task.containers().getFirst().exitCode()).isEqualTo(137);
  }

  @Test
  void aTaskStoppedBeforeItRanHasNoExitCode() {
    String arn = stand.launch();
    stop(arn, "never mind");
    stand.seconds(5);
    Task task = stand.task(arn);
    assertThat(task.lastStatus()).isEqualTo("STOPPED");
    assertThat(task.startedAt()).isNull();
    assertThat(task.executionStoppedAt()).isNull();
    assertThat(task.containers().getFirst().exitCode()).isNull();
  }

  @Test
  void aSecondStopChangesNothing() {
    String arn = stand.launch();
    stand.seconds(3);
    stop(arn, "first");
    stand.seconds(10);
    long version = stand.task(arn).version();
    stop(arn, "second");
    assertThat(stand.task(arn).stoppedReason()).isEqualTo("first");
    assertThat(stand.task(arn).version()).isEqualTo(version);
  }

  @Test
  void outOfMemoryStandsAtTheContainer() {
    stand.ecs.fate(FateRule.next(Fate.outOfMemory(Duration.ZERO)));
    String arn = stand.launch();
    stand.seconds(10);
    Task task = stand.task(arn);
    assertThat(task.stopCodeAsString()).isEqualTo("EssentialContainerExited");
    assertThat(task.containers().getFirst().exitCode()).isEqualTo(137);
    assertThat(task.containers().getFirst().reason()).startsWith("OutOfMemoryError:");
  }

  @Test
  void aTaskThatFailsWhileProvisioningHasNoContainers() {
    stand.ecs.fate(FateRule.next(Fate.failsToStart("Timeout waiting for network interface")));
    String arn = stand.launch();
    stand.seconds(3);
    Task task = stand.task(arn);
    assertThat(task.lastStatus()).isEqualTo("STOPPED");
    assertThat(task.stopCodeAsString()).isEqualTo("TaskFailedToStart");
    assertThat(task.stoppedReason()).isEqualTo("Timeout waiting for network interface");
    assertThat(task.containers()).isEmpty();
  }

  @Test
  void aTaskThatFailsToPullShowsItsContainerWithoutAnExitCode() {
    stand.ecs.fate(
        FateRule.next(new Fate.FailsToStart(TaskStatus.PENDING, "CannotPullContainerError: 404")));
    String arn = stand.launch();
    stand.seconds(5);
    Container container = stand.task(arn).containers().getFirst();
    assertThat(container.exitCode()).isNull();
    assertThat(container.reason()).isEqualTo("CannotPullContainerError: 404");
  }

  @Test
  void aStuckTaskWaitsForItsStop() {
    for (TaskStatus status : List.of(TaskStatus.PROVISIONING, TaskStatus.PENDING)) {
      stand.ecs.fate(FateRule.next(new Fate.StuckIn(status)));
      String arn = stand.launch();
      stand.ecs.advance(Duration.ofHours(3));
      assertThat(stand.task(arn).lastStatus()).isEqualTo(status.name());
      stop(arn, "start timeout");
      stand.seconds(2);
      assertThat(stand.task(arn).lastStatus()).isEqualTo("STOPPED");
    }
  }

  @Test
  void aTaskMayNeverBeSeenStopped() {
    stand.ecs.fate(FateRule.next(new Fate.StuckIn(TaskStatus.DEPROVISIONING)));
    String arn = stand.launch();
    stand.seconds(3);
    stop(arn, "deadline");
    stand.ecs.advance(Duration.ofHours(3));
    assertThat(stand.task(arn).lastStatus()).isEqualTo("DEPROVISIONING");
    assertThat(stand.task(arn).containers().getFirst().exitCode()).isEqualTo(143);
  }

  @Test
  void aTaskMayNeedToBeStoppedTwice() {
    stand.ecs.fate(FateRule.next(new Fate.IgnoresStop(1)));
    String arn = stand.launch();
    stand.seconds(3);
    stop(arn, "first");
    stand.ecs.advance(Duration.ofHours(1));
    assertThat(stand.task(arn).lastStatus()).isEqualTo("RUNNING");
    assertThat(stand.task(arn).desiredStatus()).isEqualTo("STOPPED");
    stop(arn, "second");
    stand.seconds(5);
    assertThat(stand.task(arn).lastStatus()).isEqualTo("STOPPED");
  }

  @Test
  void spotGivesTwoMinutesNotice() {
    stand.ecs.fate(FateRule.next(Fate.interrupted(Duration.ofSeconds(10))));
    String arn = stand.launch();
    stand.seconds(13);
    Task noticed = stand.task(arn);
    assertThat(noticed.desiredStatus()).isEqualTo("STOPPED");
    assertThat(noticed.stopCodeAsString()).isEqualTo("SpotInterruption");
    assertThat(noticed.stoppedReason()).isEqualTo("Your Spot Task was interrupted.");
    stand.seconds(2 + 119);
    assertThat(stand.task(arn).lastStatus()).isNotEqualTo("STOPPED");
    stand.seconds(3);
    assertThat(stand.task(arn).lastStatus()).isEqualTo("STOPPED");
    assertThat(stand.task(arn).containers().getFirst().exitCode()).isEqualTo(137);
  }

  @Test
  void aFateCanBeThatOfOneMarket() {
    stand.ecs.fate(
        new FateRule(
            Map.of("capacityProvider", "FARGATE_SPOT"), 0, Fate.interrupted(Duration.ZERO)));
    String spot = on("FARGATE_SPOT");
    String onDemand = on("FARGATE");
    stand.seconds(3);
    assertThat(stand.task(spot).desiredStatus()).isEqualTo("STOPPED");
    assertThat(stand.task(onDemand).desiredStatus()).isEqualTo("RUNNING");
  }

  private String on(String provider) {
    CapacityProviderStrategyItem item =
        CapacityProviderStrategyItem.builder().capacityProvider(provider).build();
    return stand
        .client
        .runTask(Stand.request().launchType((String) null).capacityProviderStrategy(item).build())
        .tasks()
        .getFirst()
        .taskArn();
  }

  @Test
  void aTaskCanBeTakenBackByHand() {
    stand.ecs.fate(FateRule.next(new Fate.RunsOn(0)));
    String arn = stand.launch();
    stand.seconds(3);
    stand.ecs.interrupt(arn);
    stand.seconds(10);
    Task task = stand.task(arn);
    assertThat(task.stopCodeAsString()).isEqualTo("SpotInterruption");
    assertThat(task.containers().getFirst().exitCode()).as("it trapped the signal").isZero();
  }

  @Test
  void aTaskMayEndInAWayNobodyKnows() {
    stand.ecs.fate(FateRule.next(new Fate.Ends("MoonPhase", "It is full.", -1, Duration.ZERO)));
    String arn = stand.launch();
    stand.seconds(10);
    Task task = stand.task(arn);
    assertThat(task.stopCodeAsString()).isEqualTo("MoonPhase");
    assertThat(task.containers().getFirst().exitCode()).isNull();
  }

  @Test
  void aSidecarIsKilledWhenTheScannerEnds() {
    stand.ecs.registerTaskDefinition(
        """
        {"family":"two","networkMode":"awsvpc","cpu":"256","memory":"512",
         "requiresCompatibilities":["FARGATE"],
         "containerDefinitions":[{"name":"scanner","image":"a"},
          {"name":"log_router","image":"b","essential":false}]}\
        """);
    stand.ecs.fate(FateRule.next(Fate.exits(0, Duration.ZERO)));
    stand.ecs.fate(new FateRule(Map.of("container", "log_router"), 1, new Fate.RunsOn(137)));
    String arn =
        stand
            .client
            .runTask(Stand.request().taskDefinition("two").build())
            .tasks()
            .getFirst()
            .taskArn();
    stand.seconds(60);
    assertThat(stand.task(arn).containers())
        .extracting(Container::exitCode)
        .containsExactly(0, 137);
    assertThat(stand.task(arn).stopCodeAsString()).isEqualTo("EssentialContainerExited");
  }

  @Test
  void aSidecarsEndIsOnlyAChange() {
    stand.ecs.registerTaskDefinition(
        """
        {"family":"two","networkMode":"awsvpc","cpu":"256","memory":"512",
         "requiresCompatibilities":["FARGATE"],
         "containerDefinitions":[{"name":"scanner","image":"a"},
          {"name":"log_router","image":"b","essential":false}]}\
        """);
    stand.ecs.fate(
        new FateRule(Map.of("container", "log_router"), 1, Fate.exits(1, Duration.ofSeconds(1))));
    String arn =
        stand
            .client
            .runTask(Stand.request().taskDefinition("two").build())
            .tasks()
            .getFirst()
            .taskArn();
    stand.seconds(3);
    long version = stand.task(arn).version();
    stand.seconds(1);
    Task task = stand.task(arn);
    assertThat(task.version()).isEqualTo(version + 1);
    assertThat(task.lastStatus()).isEqualTo("RUNNING");
    assertThat(task.containers().getLast().exitCode()).isEqualTo(1);
  }
}
