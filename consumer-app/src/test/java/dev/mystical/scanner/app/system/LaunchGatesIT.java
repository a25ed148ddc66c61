package dev.mystical.scanner.app.system;

import static dev.mystical.scanner.app.system.LaunchFaults.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.stand.ecs.Fault;
import dev.mystical.scanner.stand.ecs.FaultKind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What ECS refuses to all: told once, asked by one probe at a time while it lasts, and over as soon
 * as it is mended.
 */
class LaunchGatesIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(
      value = FaultKind.class,
      names = {"QUOTA", "QUOTA_CURLY"})
  void aReachedQuotaHoldsAllLaunchesOfAllReplicas(FaultKind kind) throws InterruptedException {
    try (LaunchFaults faults = LaunchFaults.on(folder).fault(Fault.on("RunTask", kind).times(2))) {
      LaunchReplica one = faults.replica();
      LaunchReplica other = faults.replica();
      String first = faults.send("sonar");
      faults.told("ECS_QUOTA");
      String second = faults.send("sonar", "mystical");
      String third = faults.send("third");

      faults.settled(3);

      // Two refusals and four launches. The second refusal was that of a probe, as were all calls
      // until the one that ended it.
      faults
          .oneTaskEach(
              run(first, "sonar"),
              run(second, "sonar"),
              run(second, "mystical"),
              run(third, "third"))
          .runTasks(6)
          .feed("ECS_QUOTA of sonar");
      assertThat(one.pace().probes() + other.pace().probes()).isBetween(2, 5);
      assertThat(one.pace().calls() + other.pace().calls()).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void aMissingTaskDefinitionIsWaitedForAndHoldsNobodyElse() throws InterruptedException {
    try (LaunchFaults faults = LaunchFaults.on(folder).with("TASK_DEFINITION_SONAR", "late-task")) {
      LaunchReplica replica = faults.replica();
      String first = faults.send("sonar", "mystical");
      faults.told("ECS_CONFIG").launched(1);
      faults.oneTaskEach(run(first, "mystical"));
      String second = faults.send("sonar");

      faults.ecs().registerTaskDefinition("late-task", "scanner-sonar-infrastructure", "sonar:1");
      faults.settled(2);

      faults
          .oneTaskEach(run(first, "mystical"), run(first, "sonar"), run(second, "sonar"))
          .feed("ECS_CONFIG of sonar");
      assertThat(replica.pace().calls()).as("calls that were no probes").isBetween(2, 3);
      assertThat(faults.events().errors().getFirst().get("message"))
          .contains("TaskDefinition not found");
    }
  }

  @Test
  void aTaskDefinitionThatIsNotMendedInTimeFailsTheRun() throws InterruptedException {
    try (LaunchFaults faults =
        LaunchFaults.on(folder)
            .with("TASK_DEFINITION_SONAR", "no-such-task")
            .with("CONFIG_GRACE", "1s")) {
      faults.replica();
      String scan = faults.send("sonar", "mystical");

      faults.settled(1);

      faults.oneTaskEach(run(scan, "mystical")).feed("ECS_CONFIG of sonar", "ECS_CONFIG " + scan);
      // One for the other provider; of the rest each came half a second after the one before.
      assertThat(faults.runTasks()).isBetween(3L, 5L);
    }
  }

  @Test
  void deniedAccessIsToldOnceForEachChangeOfState() throws InterruptedException {
    Fault denied = Fault.on("RunTask", FaultKind.ACCESS_DENIED).always();
    try (LaunchFaults faults = LaunchFaults.on(folder).fault(denied)) {
      faults.replica();
      faults.replica();
      String first = faults.send("sonar");
      faults.told("ECS_CONFIG");
      String second = faults.send("sonar");
      faults.ecs().clearFaults();
      faults.deleted(2);
      faults.feed("ECS_CONFIG of sonar");

      faults.fault(denied);
      String third = faults.send("sonar");
      faults.events().await(SystemEvents.ERRORS, error -> true, 2, LaunchFaults.PATIENCE);
      faults.ecs().clearFaults();
      faults.settled(1);

      faults
          .oneTaskEach(run(first, "sonar"), run(second, "sonar"), run(third, "sonar"))
          .feed("ECS_CONFIG of sonar", "ECS_CONFIG of sonar");
      assertThat(faults.ecs().calls().errors().get("RunTask AccessDeniedException"))
          .as("refused")
          .isLessThan(20);
    }
  }
}
