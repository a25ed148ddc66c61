package dev.mystical.scanner.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.app.system.CancelRaces.Moment;
import dev.mystical.scanner.app.system.SystemLedger.Cancel;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.simulation.Seeds;
import dev.mystical.scanner.stand.ecs.ContainerCommands;
import dev.mystical.scanner.stand.ecs.Fate;
import dev.mystical.scanner.stand.ecs.Fault;
import dev.mystical.scanner.stand.ecs.FaultKind;
import dev.mystical.scanner.stand.ecs.Ladder;
import dev.mystical.scanner.stand.ecs.Limits;
import dev.mystical.scanner.stand.ecs.LocalEcsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whenever a scan is cancelled, and whoever wins: it ends once, and nothing of it runs on. */
class CancelRacesIT {
  private static final int EACH = 100;
  private static final String EVENTS_QUEUE = "task-events";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final LateTaskEvents tasks = new LateTaskEvents();

  @TempDir private Path folder;

  @Test
  void aScanThatIsCancelledInAnyStateEndsOnceAndNothingOfItRunsOn() {
    Seeds.check(1, this::check);
  }

  private void check(RandomGenerator random) throws InterruptedException {
    List<String> scanIds = scanIds(random);
    try (SystemStand stand = stand(random);
        SystemEvents events = stand.events();
        SystemLedger ledger = stand.ledger()) {
      stand.replica(settings(stand)).ready();
      Map<String, Scan> ended;
      Map<String, Cancel> outcomes;
      try (CancelRaces races = CancelRaces.start(events, ledger);
          Settlement settlement = new Settlement(stand)) {
        tasks.add(races);
        stand.sendAll(
            scanIds.stream().map(it -> new Traffic.Good(it, List.of("sonar")).body()).toList());
        ended = settlement.awaitEnded(scanIds, PATIENCE);
        settlement.awaitNothingWatched(PATIENCE);
        stand.awaitEmpty(PATIENCE);
        outcomes = races.outcomes();
      }

      assertThat(outcomes).as("each scan's moment came").containsOnlyKeys(scanIds);
      assertThat(statuses(ended)).isEqualTo(wanted(outcomes));
      assertThat(ends(events)).as("each end is told once").isEqualTo(once(scanIds));
      new TaskHistory(stand.ecs().tasks()).noneRunsOn().noAttemptIsLaunchedTwice();
      assertThat(stand.ecs().tasks().size()).isLessThanOrEqualTo(scanIds.size());
      // A race with the very end of a task may be lost each time: that is up to the machine.
      assertThat(EnumSet.complementOf(EnumSet.of(Moment.ENDING)))
          .allSatisfy(moment -> assertThat(won(moment, outcomes)).as("%s", moment).isPositive());
    }
  }

  private static Map<String, ScanStatus> statuses(Map<String, Scan> scans) {
    return scans.values().stream()
        .collect(
            Collectors.toMap(
                scan -> scan.key().id().value(), Scan::status, (a, b) -> a, TreeMap::new));
  }

  /** First come, first served: a wish that came in time, and no other, is what the scan ends by. */
  private static Map<String, ScanStatus> wanted(Map<String, Cancel> outcomes) {
    Map<String, ScanStatus> wanted = new TreeMap<>();
    outcomes.forEach((scanId, outcome) ->
        wanted.put(
            scanId,
            switch (outcome) {
              case DONE -> ScanStatus.CANCELLED;
              case TOO_LATE -> ScanStatus.SUCCEEDED;
              case UNKNOWN -> ScanStatus.QUEUED;
            }));
    return wanted;
  }

  private static Map<String, Long> ends(SystemEvents events) {
    return events.all(SystemEvents.EVENTS).stream()
        .filter(event -> event.containsValue("dev.mystical.scanner.scan.ended"))
        .collect(
            Collectors.groupingBy(
                event -> event.getOrDefault("scanId", ""), TreeMap::new, Collectors.counting()));
  }

  private static Map<String, Long> once(List<String> scanIds) {
    return scanIds.stream().collect(Collectors.toMap(it -> it, it -> 1L));
  }

  private static long won(Moment moment, Map<String, Cancel> outcomes) {
    return IntStream.range(0, EACH)
        .filter(i -> outcomes.get(moment.scanId(i)) == Cancel.DONE)
        .count();
  }

  private static List<String> scanIds(RandomGenerator random) {
    List<String> ids = new ArrayList<>();
    for (Moment moment : Moment.values()) {
      IntStream.range(0, EACH).mapToObj(moment::scanId).forEach(ids::add);
    }
    Collections.shuffle(ids, random);
    return ids;
  }

  private static Map<String, String> settings(SystemStand stand) throws InterruptedException {
    Map<String, String> settings = stand.quick();
    settings.put("TASK_EVENTS_QUEUE_URL", stand.createQueue(EVENTS_QUEUE, Duration.ofSeconds(30)));
    return settings;
  }

  /** Every state lasts a little, and every task is done soon. */
  private SystemStand stand(RandomGenerator random) throws InterruptedException {
    ContainerCommands commands =
        container ->
            ContainerCommands.all(Fate.exits(0, Duration.ofMillis(random.nextInt(200, 5_000))))
                .workOf(container);
    SystemStand stand =
        SystemStand.start(
            folder,
            LocalEcsSettings.defaults()
                .withLimits(Limits.none())
                .withLadder(Ladder.evenly(Duration.ofMillis(150)))
                .withCommands(commands)
                .withEvents(tasks),
            Duration.ofSeconds(10));
    stand
        .ecs()
        .fault(
            Fault.on("RunTask", FaultKind.SLOW)
                .matching("startedBy", "scan/" + Moment.LAUNCHING.scanId(0).replace("-0", "-*"))
                .delayed(Duration.ofMillis(100))
                .always());
    tasks.add(event -> stand.sendTo(EVENTS_QUEUE, event));
    return stand;
  }
}
