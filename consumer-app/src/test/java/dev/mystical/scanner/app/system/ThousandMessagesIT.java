package dev.mystical.scanner.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.simulation.Seeds;
import dev.mystical.scanner.stand.ecs.LaunchedTask;
import dev.mystical.scanner.stand.ecs.Limits;
import dev.mystical.scanner.stand.ecs.LocalEcsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.model.Message;

/** The promise as a whole: no scan lost, none run twice, none stuck, while a replica is killed. */
class ThousandMessagesIT {
  private static final int REQUESTS = 1_000;
  private static final Duration LONG = Duration.ofMinutes(3);

  /** How long what a killed replica held stays hidden; the others' leases are kept by renewal. */
  private static final Duration VISIBILITY = Duration.ofSeconds(4);

  /** No replica holds more at a time, so no kill repeats more. */
  private static final int SEATS = 64;

  @Test
  void eachRunHasItsTaskAndOnlyOneThoughAReplicaIsKilled(@TempDir Path folder) {
    Seeds.check(1, random -> check(folder, random));
  }

  private static void check(Path folder, RandomGenerator random) throws InterruptedException {
    Traffic traffic = Traffic.mixed(REQUESTS, REQUESTS / 50, REQUESTS / 20, random);
    LocalEcsSettings ecs = LocalEcsSettings.defaults().withLimits(Limits.none());
    try (SystemStand stand = SystemStand.start(folder, ecs, VISIBILITY);
        SystemEvents events = stand.events();
        SystemLedger ledger = stand.ledger()) {
      Set<String> poison = traffic.poisonIds(stand.sendAll(traffic.bodies()));
      workWithAKill(stand, events, traffic, random);

      assertThat(stand.queued()).isZero();
      oneTaskForEachRun(stand, traffic);
      theLedgerKnowsEachTask(stand, ledger, traffic);
      eachPoisonIsToldOnce(events, poison);
      eachPoisonIsADeadLetter(stand, poison);
      namedPoisonIsAFailedScan(ledger, traffic);
    }
  }

  private static void workWithAKill(
      SystemStand stand, SystemEvents events, Traffic traffic, RandomGenerator random)
      throws InterruptedException {
    Map<String, String> settings = stand.quick();
    settings.put("MAX_IN_FLIGHT", Integer.toString(SEATS));
    List<Replica> replicas =
        new ArrayList<>(List.of(stand.replica(settings), stand.replica(settings)));
    for (Replica replica : replicas) {
      replica.ready();
    }
    int runs = traffic.starters().size();
    events.awaitLaunched(runs / 3, LONG);
    replicas.remove(random.nextInt(2)).sigkill();
    if (random.nextBoolean()) {
      replicas.add(stand.replica(settings));
    }
    events.awaitLaunched(runs, LONG);
    stand.awaitEmpty(LONG);
    for (Replica replica : replicas) {
      // One that has only just begun is ended by a signal as any program is.
      replica.ready();
      replica.sigterm();
      assertThat(replica.exitCode(Duration.ofSeconds(60))).isZero();
    }
  }

  private static void oneTaskForEachRun(SystemStand stand, Traffic traffic) {
    Map<String, Long> tasks =
        stand.ecs().tasks().stream()
            .collect(Collectors.groupingBy(LaunchedTask::startedBy, Collectors.counting()));
    assertThat(difference(traffic.starters(), tasks.keySet())).as("runs without a task").isEmpty();
    assertThat(difference(tasks.keySet(), traffic.starters())).as("tasks of no run").isEmpty();
    assertThat(tasks.entrySet().stream().filter(it -> it.getValue() > 1)).as("twice").isEmpty();
  }

  private static void theLedgerKnowsEachTask(
      SystemStand stand, SystemLedger ledger, Traffic traffic) throws InterruptedException {
    Map<String, String> started =
        stand.ecs().tasks().stream()
            .collect(Collectors.toMap(LaunchedTask::startedBy, LaunchedTask::taskArn));
    Map<String, String> known = new HashMap<>();
    for (Traffic.Good request : traffic.good()) {
      Scan scan = ledger.scan(request.scanId());
      assertThat(scan.settled()).as(request.scanId()).isTrue();
      scan.runs()
          .forEach(run ->
              known.put(
                  "scan/" + request.scanId() + "/" + run.provider(),
                  run.lastAttempt().flatMap(it -> it.task()).map(String::valueOf).orElse("none")));
    }
    assertThat(difference(known.entrySet(), started.entrySet())).isEmpty();
  }

  /** Its error and the note that it is settled are one write, so once is what can be promised. */
  private static void eachPoisonIsToldOnce(SystemEvents events, Set<String> poison) {
    List<String> told =
        events.errors().stream()
            .filter(error -> "decode".equals(error.get("stage")))
            .map(error -> String.valueOf(error.get("messageId")))
            .toList();
    assertThat(told).containsExactlyInAnyOrderElementsOf(poison);
  }

  /**
   * At least once: the copy and the note that it was made are two writes, in two systems, and a
   * kill in between makes the next replica copy again.
   */
  private static void eachPoisonIsADeadLetter(SystemStand stand, Set<String> poison) {
    List<Message> dead = stand.deadLetters();
    List<String> sources =
        dead.stream()
            .map(message -> message.messageAttributes().get("sourceMessageId"))
            .map(source -> source == null ? "moved by the queue" : source.stringValue())
            .toList();
    assertThat(new TreeSet<>(sources)).isEqualTo(poison);
    assertThat(sources.size() - poison.size()).isBetween(0, SEATS);
  }

  private static void namedPoisonIsAFailedScan(SystemLedger ledger, Traffic traffic)
      throws InterruptedException {
    for (Traffic.Poison poison : traffic.poison()) {
      assertThat(ledger.entry(poison.scanId()))
          .as(poison.body())
          .isInstanceOf(poison.named() ? Found.Refused.class : Found.Absent.class);
    }
  }

  private static <T> List<T> difference(Set<T> all, Set<T> others) {
    return all.stream().filter(it -> !others.contains(it)).toList();
  }
}
