package dev.mystical.scanner.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.mystical.scanner.stand.SqsFault;
import dev.mystical.scanner.stand.ecs.Fault;
import dev.mystical.scanner.stand.ecs.FaultKind;
import dev.mystical.scanner.stand.ecs.LaunchedTask;
import dev.mystical.scanner.stand.ecs.Limits;
import dev.mystical.scanner.stand.ecs.LocalEcsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a signal leaves behind. A lease of five minutes, longer than any test waits: what a
 * successor gets, it was given back.
 *
 * <p>As many messages as seats, so that no long poll is under way when the signal comes: SQS may
 * hand a message to the answer of a poll whose caller has left, as to anyone who dies with a
 * message in hand.
 */
class ShutdownIT {
  private static final Duration LONG_LEASE = Duration.ofMinutes(5);
  private static final Duration SOON = Duration.ofSeconds(60);

  /** By contract; the caller is not measured to the millisecond on a loaded machine. */
  private static final Duration DRAINED = Duration.ofSeconds(25);

  private final TaskWatch tasks = new TaskWatch();

  @TempDir private Path folder;

  @Test
  void messagesThatWereJustReceivedGoToTheSuccessorAtOnce() throws InterruptedException {
    try (SystemStand stand = stand(LONG_LEASE)) {
      Replica first = stand.replica(seats(stand, 4)).ready();
      // Its workers get no further than their first look into the ledger.
      stand.redis().pause();
      stand.sendAll(requests(4, "sonar"));
      first.awaitLine(line -> line.contains("event=dependency-unwell dependency=REDIS"), SOON);

      first.sigterm();

      assertStopped(first);
      stand.redis().resume();
      assertSuccessorLaunches(stand, 4);
    }
  }

  @Test
  void launchesUnderWayAreFinishedOrHandedOver() throws InterruptedException {
    try (SystemStand stand = stand(LONG_LEASE);
        SystemEvents events = stand.events()) {
      Replica first = stand.replica(seats(stand, 2)).ready();
      stand
          .ecs()
          .fault(
              slow(Duration.ofSeconds(3)).matching("taskDefinition", definition(stand, "SONAR")));
      stand
          .ecs()
          .fault(
              Fault.on("RunTask", FaultKind.ACCEPT_THEN_HANG)
                  .matching("taskDefinition", definition(stand, "MYSTICAL")));
      stand.sendAll(List.of(request("sonar"), request("mystical")));
      tasks.await(2, SOON);

      first.sigterm();
      first.awaitLine(line -> line.contains("event=draining"), SOON);
      int receives = stand.sqs().calls("ReceiveMessage");
      first.sigterm();

      assertStopped(first);
      assertThat(stand.sqs().calls("ReceiveMessage")).isEqualTo(receives);
      assertThat(launched(events)).isEqualTo(1);
      assertThat(stand.queued()).isEqualTo(1);
      assertSuccessorLaunches(stand, 2);
    }
  }

  @Test
  void whatWaitsForCapacityGoesToTheSuccessorAtOnce() throws InterruptedException {
    try (SystemStand stand = stand(LONG_LEASE);
        SystemEvents events = stand.events()) {
      stand.ecs().fault(Fault.on("RunTask", FaultKind.NO_CAPACITY).always());
      Replica first = stand.replica(seats(stand, 3)).ready();
      stand.sendAll(requests(3, "sonar"));
      events.await(SystemEvents.ERRORS, error -> "ECS_CAPACITY".equals(error.get("code")), 3, SOON);

      first.sigterm();

      assertStopped(first);
      stand.ecs().clearFaults();
      assertSuccessorLaunches(stand, 3);
    }
  }

  @Test
  void whatIsFinishedIsDeletedBeforeTheEnd() throws InterruptedException {
    try (SystemStand stand = stand(LONG_LEASE);
        SystemEvents events = stand.events()) {
      // Too few for a batch, and their first delete fails: they wait for the next.
      stand
          .sqs()
          .next(
              "DeleteMessageBatch",
              1,
              new SqsFault.FailEntries(Set.of(0, 1, 2, 3, 4), "InternalError", false));
      Replica replica = stand.replica(seats(stand, 5)).ready();
      stand.sendAll(requests(5, "sonar"));
      events.awaitLaunched(5, SOON);
      assertThat(stand.sqs().awaitCalls("DeleteMessageBatch", 1, SOON)).isTrue();

      replica.sigterm();

      assertStopped(replica);
      assertThat(stand.queued()).isZero();
      assertOneTaskEach(stand, 5);
    }
  }

  @Test
  void anInterruptFromTheKeyboardIsATermination() throws InterruptedException, IOException {
    try (SystemStand stand = stand(LONG_LEASE)) {
      Replica replica = stand.replica().ready();
      assumeFalse(ignoresInterrupts(replica), "whoever started this JVM ignores SIGINT");

      replica.signal("INT");

      assertStopped(replica);
    }
  }

  @Test
  void theSuccessorOfAKilledReplicaLaunchesNothingTwice() throws InterruptedException {
    try (SystemStand stand = stand(Duration.ofSeconds(5));
        SystemEvents events = stand.events()) {
      stand.ecs().fault(slow(Duration.ofSeconds(30)).times(2));
      Replica first = stand.replica(seats(stand, 2)).ready();
      stand.sendAll(requests(4, "sonar"));
      tasks.await(2, SOON);

      first.sigkill();

      assertThat(first.exitCode(SOON)).isNotZero();
      Replica second = stand.replica();
      events.awaitLaunched(4, SOON);
      second.sigterm();
      assertStopped(second);
      assertThat(stand.queued()).isZero();
      assertOneTaskEach(stand, 4);
    }
  }

  private void assertSuccessorLaunches(SystemStand stand, int runs) throws InterruptedException {
    try (SystemEvents events = stand.events()) {
      Replica second = stand.replica();
      events.awaitLaunched(runs, SOON);
      second.sigterm();
      assertStopped(second);
      assertThat(stand.queued()).isZero();
      assertOneTaskEach(stand, runs);
    }
  }

  private void assertStopped(Replica replica) throws InterruptedException {
    assertThat(replica.exitCode(DRAINED)).as(replica::text).isZero();
    assertThat(replica.lines()).filteredOn(it -> it.contains("event=draining")).hasSize(1);
    assertThat(replica.lines().getLast()).contains("event=stopped");
    assertThat(folder.resolve("spool")).isDirectoryNotContaining("glob:**/scanner-reports-*");
  }

  private static void assertOneTaskEach(SystemStand stand, int runs) {
    assertThat(stand.ecs().tasks())
        .extracting(LaunchedTask::startedBy)
        .hasSize(runs)
        .doesNotHaveDuplicates();
  }

  private static long launched(SystemEvents events) {
    return events.all(SystemEvents.EVENTS).stream()
        .filter(event -> event.containsValue("dev.mystical.scanner.run.launched"))
        .count();
  }

  private SystemStand stand(Duration lease) throws InterruptedException {
    return SystemStand.start(
        folder, LocalEcsSettings.defaults().withLimits(Limits.none()).withEvents(tasks), lease);
  }

  private static Map<String, String> seats(SystemStand stand, int seats) {
    Map<String, String> settings = stand.settings();
    settings.put("MAX_IN_FLIGHT", Integer.toString(seats));
    return settings;
  }

  private static Fault slow(Duration by) {
    return Fault.on("RunTask", FaultKind.SLOW).delayed(by);
  }

  private static String definition(SystemStand stand, String provider) {
    return String.valueOf(stand.settings().get("TASK_DEFINITION_" + provider));
  }

  private static List<String> requests(int count, String provider) {
    return Collections.nCopies(count, request(provider));
  }

  private static String request(String provider) {
    return """
    {"project": {"key": "payments"},
     "target": {"type": "git", "url": "https://git.example.com/acme/payments.git"},
     "providers": ["%s"]}
    """
        .formatted(provider);
  }

  /** Such as in the background of a shell without job control; a JVM then leaves it at that. */
  private static boolean ignoresInterrupts(Replica replica) throws IOException {
    Path status = Path.of("/proc", Long.toString(replica.pid()), "status");
    return Files.isReadable(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
            .anyMatch(mask -> (mask & 2) != 0);
  }
}
