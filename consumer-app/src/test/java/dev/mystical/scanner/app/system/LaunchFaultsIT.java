package dev.mystical.scanner.app.system;

import static dev.mystical.scanner.app.system.LaunchFaults.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.stand.ecs.Fault;
import dev.mystical.scanner.stand.ecs.FaultKind;
import dev.mystical.scanner.stand.ecs.LaunchedTask;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every way in which RunTask goes wrong for one launch, met by the whole line from SQS to the feed.
 * None launches twice, none loops, each says what it is.
 */
class LaunchFaultsIT {
  @TempDir private Path folder;

  /**
   * Done, and its answer lost: closed, 500, silent to the call's own deadline. Not done: a page.
   */
  @ParameterizedTest
  @EnumSource(
      value = FaultKind.class,
      names = {"ACCEPT_THEN_DROP", "ACCEPT_THEN_500", "HTML_502"})
  void anUnansweredCallIsRepeatedAsItWas(FaultKind kind) throws InterruptedException {
    try (LaunchFaults faults = LaunchFaults.on(folder).fault(kind)) {
      faults.replica();
      String scan = faults.send("sonar");

      faults.settled(1);

      faults
          .oneTaskEach(run(scan, "sonar"))
          .runTasks(2)
          .sameRequests()
          .feed("ECS_UNAVAILABLE of sonar");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultKind.class,
      names = {"THROTTLE", "WRAPPED_THROTTLE"})
  void aThrottledCallIsRepeatedAsItWas(FaultKind kind) throws InterruptedException {
    try (LaunchFaults faults = LaunchFaults.on(folder).fault(Fault.on("RunTask", kind).times(2))) {
      faults.replica();
      String scan = faults.send("sonar");

      faults.settled(1);

      faults
          .oneTaskEach(run(scan, "sonar"))
          .runTasks(3)
          .sameRequests()
          .feed("ECS_THROTTLED of sonar", "ECS_THROTTLED of sonar");
    }
  }

  /** The other replica repeats the refused token at the same time, and gets the refusal again. */
  @Test
  void twoReplicasWaitForCapacityAndLaunchOnce() throws InterruptedException {
    try (LaunchFaults faults =
        LaunchFaults.on(folder)
            .with("MAX_IN_FLIGHT", "1")
            .fault(Fault.on("RunTask", FaultKind.NO_CAPACITY).times(2))) {
      faults.replica();
      faults.replica();
      String scan = faults.sendRepeatedly("full", 4, "sonar");

      faults.settled(4);

      faults.oneTaskEach(run(scan, "sonar"));
      assertThat(faults.runTasks()).isBetween(3L, 6L);
      assertThat(faults.feed()).hasSizeBetween(1, 2).containsOnly("ECS_CAPACITY full");
    }
  }

  @Test
  void withoutSpotItIsOnDemand() throws InterruptedException {
    try (LaunchFaults faults =
        LaunchFaults.on(folder)
            .with("LAUNCH_TYPE", "")
            .with("CAPACITY_PROVIDERS", "FARGATE_SPOT,FARGATE")
            .fault(
                Fault.on("RunTask", FaultKind.NO_CAPACITY)
                    .always()
                    .matching("capacityProvider", "FARGATE_SPOT"))) {
      faults.replica();
      String scan = faults.send("sonar", "mystical");

      faults.settled(1);

      faults.oneTaskEach(run(scan, "sonar"), run(scan, "mystical")).runTasks(4);
      assertThat(faults.ecs().tasks()).extracting(LaunchedTask::market).containsOnly("FARGATE");
      faults.feed("ECS_CAPACITY " + scan, "ECS_CAPACITY " + scan);
    }
  }

  @Test
  void aTaskThatEcsDeniesIsFoundBeforeAnotherIsStarted() throws InterruptedException {
    try (LaunchFaults faults = LaunchFaults.on(folder).fault(FaultKind.GHOST)) {
      faults.replica();
      String scan = faults.send("sonar");

      faults.settled(1);

      faults.oneTaskEach(run(scan, "sonar")).runTasks(1);
      faults.feed("ECS_CAPACITY " + scan, "INTERNAL " + scan);
      assertThat(faults.events().errors().getLast().get("message"))
          .contains(faults.ecs().tasks().getFirst().taskArn());
    }
  }

  @Test
  void anAnswerWithNeitherTaskNorFailureIsARefusal() throws InterruptedException {
    try (LaunchFaults faults = LaunchFaults.on(folder).fault(FaultKind.EMPTY)) {
      faults.replica();
      String scan = faults.send("sonar");

      faults.settled(1);

      faults.oneTaskEach(run(scan, "sonar")).runTasks(2).feed("ECS_CAPACITY " + scan);
    }
  }

  @Test
  void aConflictOverItsOwnTaskIsALaunch() throws InterruptedException {
    try (LaunchFaults faults = LaunchFaults.on(folder).fault(FaultKind.CONFLICT)) {
      faults.replica();
      String scan = faults.send("sonar");

      faults.settled(1);

      faults.oneTaskEach(run(scan, "sonar")).runTasks(1).feed();
    }
  }

  @Test
  void aConflictOverSomebodyElsesTaskFailsTheRun() throws InterruptedException {
    try (LaunchFaults faults = LaunchFaults.on(folder)) {
      faults.takeToken("taken.sonar");
      faults.replica();
      faults.sendRepeatedly("taken", 1, "sonar");

      faults.settled(1);

      faults.oneTaskEach("somebody").runTasks(2).feed("INTERNAL taken");
    }
  }

  @Test
  void twoReplicasThatLoseAnAnswerLaunchOnce() throws InterruptedException {
    try (LaunchFaults faults =
        LaunchFaults.on(folder)
            .with("MAX_IN_FLIGHT", "1")
            .fault(Fault.on("RunTask", FaultKind.ACCEPT_THEN_DROP).times(2))) {
      faults.replica();
      faults.replica();
      String scan = faults.sendRepeatedly("dropped", 4, "sonar");

      faults.settled(4);

      faults.oneTaskEach(run(scan, "sonar"));
      assertThat(faults.runTasks()).isBetween(3L, 5L);
      assertThat(faults.feed()).hasSize(2).containsOnly("ECS_UNAVAILABLE of sonar");
    }
  }

  @Test
  void overridesThatEcsWouldNotTakeAreNeverSent() throws InterruptedException {
    try (LaunchFaults faults = LaunchFaults.on(folder)) {
      faults.replica();
      String options =
          IntStream.range(0, 20)
              .mapToObj(i -> "\"BIG_%d\": \"%s\"".formatted(i, "x".repeat(500)))
              .collect(Collectors.joining(", "));
      String scan =
          faults
              .stand()
              .send(
                  """
                  {"project": {"key": "payments"},
                   "target": {"type": "web", "url": "https://shop.example.com"},
                   "providers": [{"id": "sonar", "options": {%s}}, "mystical"]}
                  """
                      .formatted(options));

      faults.settled(1);

      faults.oneTaskEach(run(scan, "mystical")).runTasks(1).feed("OVERRIDES_TOO_LARGE " + scan);
    }
  }
}
