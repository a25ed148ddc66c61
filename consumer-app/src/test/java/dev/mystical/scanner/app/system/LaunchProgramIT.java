package dev.mystical.scanner.app.system;

import static dev.mystical.scanner.app.system.LaunchFaults.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.stand.ecs.Fault;
import dev.mystical.scanner.stand.ecs.FaultKind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two of the faults of a launch, met by the program itself with the waits that it has at AWS. */
class LaunchProgramIT {
  @TempDir private Path folder;

  @Test
  void theProgramRepeatsAnUnansweredCallAsItWas() throws InterruptedException {
    try (LaunchFaults faults = LaunchFaults.on(folder).fault(FaultKind.ACCEPT_THEN_DROP)) {
      Replica program = faults.process();
      String scan = faults.send("sonar");
      faults.launched(1);
      program.sigterm();
      assertThat(program.exitCode(LaunchFaults.PATIENCE)).isZero();

      faults
          .oneTaskEach(run(scan, "sonar"))
          .runTasks(2)
          .sameRequests()
          .feed("ECS_UNAVAILABLE of sonar");
      assertThat(faults.stand().queued()).isZero();
    }
  }

  @Test
  void theProgramHoldsWhatItMayNotLaunchAndGivesItBack() throws InterruptedException {
    Fault denied =
        Fault.on("RunTask", FaultKind.ACCESS_DENIED).always().matching("startedBy", "scan/denied*");
    try (LaunchFaults faults = LaunchFaults.on(folder).fault(denied)) {
      Replica program = faults.process();
      faults.sendRepeatedly("denied-1", 1, "sonar");
      faults.told("ECS_CONFIG");
      faults.sendRepeatedly("denied-2", 1, "sonar");
      String free = faults.send("mystical");
      faults.launched(1);
      program.sigterm();
      assertThat(program.exitCode(LaunchFaults.PATIENCE)).isZero();

      faults.oneTaskEach(run(free, "mystical")).feed("ECS_CONFIG of sonar");
      // A probe comes after half a minute, if this takes so long.
      assertThat(faults.runTasks()).isBetween(2L, 3L);
      assertThat(faults.stand().queued()).isEqualTo(2);
      assertThat(faults.events().errors().getFirst())
          .containsEntry("provider", "sonar")
          .containsEntry("stage", "launch")
          .containsEntry("retryable", "false")
          .containsKey("awsRequestId");
    }
  }
}
