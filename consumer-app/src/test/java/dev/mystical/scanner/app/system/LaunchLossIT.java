package dev.mystical.scanner.app.system;

import static dev.mystical.scanner.app.system.LaunchFaults.run;

import dev.mystical.scanner.domain.launch.LaunchDelays;
import dev.mystical.scanner.stand.ecs.FaultKind;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ECS has started the task, and nobody could hear of it, or write it down. */
class LaunchLossIT {
  @TempDir private Path folder;

  @Test
  void aCallThatIsNeverAnsweredEndsAtItsDeadlineAndIsRepeated() throws InterruptedException {
    try (LaunchFaults faults = LaunchFaults.on(folder).fault(FaultKind.ACCEPT_THEN_HANG)) {
      faults.replica();
      String scan = faults.send("sonar");

      faults.settled(1);

      faults.oneTaskEach(run(scan, "sonar")).runTasks(2).feed("ECS_UNAVAILABLE of sonar");
    }
  }

  @Test
  void aLaunchThatCouldNotBeWrittenIsRepeatedUnderItsToken() throws InterruptedException {
    try (LaunchFaults faults = LaunchFaults.on(folder)) {
      faults.replica(
          LaunchReplica.QUICK, ledger -> LossyLedger.away(ledger, LossyLedger.When.INSTEAD));
      String scan = faults.send("sonar");

      faults.settled(1);

      faults.oneTaskEach(run(scan, "sonar")).runTasks(2).feed("REDIS_UNAVAILABLE of all");
    }
  }

  @Test
  void aLaunchWhoseWritingWasNotToldIsNotRepeated() throws InterruptedException {
    try (LaunchFaults faults = LaunchFaults.on(folder)) {
      faults.replica(
          LaunchReplica.QUICK, ledger -> LossyLedger.away(ledger, LossyLedger.When.AFTER));
      String scan = faults.send("sonar");

      faults.settled(1);

      faults.oneTaskEach(run(scan, "sonar")).runTasks(1).feed("REDIS_UNAVAILABLE of all");
    }
  }

  /** What a launch is stands in the ledger, whatever the settings of who goes on with it. */
  @Test
  void anotherReplicaGoesOnWhereOneDied() throws InterruptedException {
    try (LaunchFaults faults = LaunchFaults.on(folder)) {
      String scan = diesWithATask(faults);

      faults
          .with("LAUNCH_TYPE", "")
          .with("CAPACITY_PROVIDERS", "FARGATE_SPOT")
          .with("SUBNETS", "subnet-9f9f9f9f")
          .replica();
      faults.settled(1);

      faults.oneTaskEach(run(scan, "sonar")).runTasks(2).sameRequests().feed();
    }
  }

  /** ECS forgets tokens; a search comes first where one may be that old. */
  @Test
  void aReplicaThatComesLateLooksForTheTaskFirst() throws InterruptedException {
    try (LaunchFaults faults = LaunchFaults.on(folder)) {
      String scan = diesWithATask(faults);

      faults.replica(late(), ledger -> ledger);
      faults.settled(1);

      faults.oneTaskEach(run(scan, "sonar")).runTasks(1).feed("INTERNAL " + scan);
    }
  }

  /** Ends between RunTask's answer and the ledger, as after a SIGKILL; its message returns. */
  private static String diesWithATask(LaunchFaults faults) throws InterruptedException {
    // With its only seat taken it polls no more: a poll of the dead would be given the message.
    faults.with("MAX_IN_FLIGHT", "1");
    LossyLedger.Death death = new LossyLedger.Death();
    LaunchReplica doomed =
        faults.replica(LaunchReplica.QUICK, ledger -> LossyLedger.dying(ledger, death));
    String scan = faults.send("sonar");
    death.await();
    doomed.cutOff();
    return scan;
  }

  private static LaunchDelays late() {
    LaunchDelays quick = LaunchReplica.QUICK;
    return new LaunchDelays(
        quick.transport(),
        quick.throttled(),
        quick.capacity(),
        quick.ghost(),
        quick.probe(),
        Duration.ofMillis(1));
  }
}
