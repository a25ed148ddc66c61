package dev.mystical.scanner.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.stand.ecs.ContainerCommands;
import dev.mystical.scanner.stand.ecs.Fate;
import dev.mystical.scanner.stand.ecs.FateRule;
import dev.mystical.scanner.stand.ecs.LaunchedTask;
import dev.mystical.scanner.stand.ecs.Limits;
import dev.mystical.scanner.stand.ecs.LocalEcsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consumers launch, supervisors follow, and neither does the other's work. */
class RolesIT {
  private static final int SCANS = 40;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration LONG = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @Test
  void consumersLaunchAndSupervisorsJudge() throws InterruptedException {
    try (SystemStand stand = stand();
        SystemEvents events = stand.events();
        SystemLedger ledger = stand.ledger();
        Settlement settlement = new Settlement(stand)) {
      List<Replica> supervisors = two(stand, "supervisor");
      send(stand, "first");
      assertThat(stand.sqs().calls("ReceiveMessage")).as("supervisors receive nothing").isZero();
      supervisors.forEach(Replica::sigterm);
      for (Replica supervisor : supervisors) {
        assertThat(supervisor.exitCode(SOON)).as(supervisor::text).isZero();
      }

      List<Replica> consumers = two(stand, "consumer");
      events.awaitLaunched(SCANS, LONG);
      stand.awaitEmpty(LONG);
      for (String scanId : ids("first")) {
        assertThat(ledger.scan(scanId).runs().getFirst().status())
            .as("consumers judge nothing")
            .isEqualTo(RunStatus.PROVISIONING);
      }
      assertThat(stand.ecs().calls().count("DescribeTasks")).isZero();

      supervisors = two(stand, "supervisor");
      assertThat(settlement.awaitEnded(ids("first"), LONG).values())
          .extracting(Scan::status)
          .containsOnly(ScanStatus.SUCCEEDED);

      oneSupervisorIsEnough(stand, settlement, supervisors);
      new TaskHistory(stand.ecs().tasks()).noneRunsOn().noAttemptIsLaunchedTwice();
      supervisors.removeFirst();
      for (Replica replica :
          List.of(consumers.getFirst(), consumers.getLast(), supervisors.getFirst())) {
        replica.sigterm();
        assertThat(replica.exitCode(SOON)).as(replica::text).isZero();
      }
    }
  }

  /** One is killed while scans run; the other follows all of them, and launches some again. */
  private static void oneSupervisorIsEnough(
      SystemStand stand, Settlement settlement, List<Replica> supervisors)
      throws InterruptedException {
    stand
        .ecs()
        .fate(
            new FateRule(
                Map.of("startedBy", "scan/second-1*"),
                5,
                Fate.failsToStart("InternalError: try again")));
    stand
        .ecs()
        .fate(
            new FateRule(
                Map.of("startedBy", "scan/second-*"), 0, Fate.exits(3, Duration.ofSeconds(2))));
    send(stand, "second");
    supervisors.getFirst().sigkill();
    Map<String, Scan> ended = settlement.awaitEnded(ids("second"), LONG);
    settlement.awaitNothingWatched(LONG);
    assertThat(ended.values()).extracting(Scan::status).containsOnly(ScanStatus.FAILED);
    Set<String> again =
        Set.copyOf(
            stand.ecs().tasks().stream()
                .filter(task -> task.stopCode().equals("TaskFailedToStart"))
                .map(LaunchedTask::startedBy)
                .toList());
    assertThat(again).isNotEmpty();
  }

  private static List<Replica> two(SystemStand stand, String role) throws InterruptedException {
    Map<String, String> settings = stand.quick();
    settings.put("ROLES", role);
    List<Replica> replicas =
        new ArrayList<>(List.of(stand.replica(settings), stand.replica(settings)));
    for (Replica replica : replicas) {
      replica.awaitLine(line -> line.contains("event=started"), SOON);
    }
    return replicas;
  }

  private static void send(SystemStand stand, String series) {
    stand.sendAll(
        ids(series).stream().map(it -> new Traffic.Good(it, List.of("sonar")).body()).toList());
  }

  private static List<String> ids(String series) {
    return IntStream.range(0, SCANS).mapToObj(i -> series + "-" + i).toList();
  }

  private SystemStand stand() throws InterruptedException {
    return SystemStand.start(
        folder,
        LocalEcsSettings.defaults()
            .withLimits(Limits.none())
            .withCommands(ContainerCommands.all(Fate.exits(0, Duration.ofSeconds(1)))),
        Duration.ofSeconds(4));
  }
}
