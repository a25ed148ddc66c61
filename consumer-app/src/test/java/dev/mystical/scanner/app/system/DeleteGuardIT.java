package dev.mystical.scanner.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.stand.SqsFault;
import dev.mystical.scanner.stand.ecs.LocalEcsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message that comes back though it is done is deleted, and not worked on again. */
class DeleteGuardIT {
  private static final String DELETE = "DeleteMessageBatch";
  private static final String RENEW = "ChangeMessageVisibilityBatch";
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT_LEASE = Duration.ofSeconds(2);
  private static final Duration LONG_LEASE = Duration.ofMinutes(10);
  private static final int MANY = 1_000;
  private static final String POISON = "{\"scanId\": \"bad\"}";
  private static final SqsFault NO_ENTRY =
      new SqsFault.FailEntries(
          IntStream.range(0, 10).boxed().collect(Collectors.toSet()), "InternalError", false);

  @Test
  void aGoodMessageWhoseDeletesFailedUntilItsLeaseWasLostIsDeletedWhenItReturns(
      @TempDir Path folder) throws InterruptedException {
    Traffic traffic = Traffic.plain(1);
    try (SystemStand stand = stand(folder, SHORT_LEASE);
        SystemEvents events = stand.events()) {
      stand.sqs().next(DELETE, MANY, NO_ENTRY);
      stand.sqs().next(RENEW, MANY, NO_ENTRY);
      Replica replica = stand.replica(stand.quick());
      stand.sendAll(traffic.bodies());

      loseTheLease(stand, replica);

      assertThat(stand.ecs().launched()).isEqualTo(1);
      assertThat(stand.ecs().calls().count("RunTask")).isEqualTo(1);
      assertThat(events.errors()).isEmpty();
    }
  }

  @Test
  void poisonWhoseDeletesFailedUntilItsLeaseWasLostIsToldAndCopiedOnce(@TempDir Path folder)
      throws InterruptedException {
    try (SystemStand stand = stand(folder, SHORT_LEASE);
        SystemEvents events = stand.events()) {
      stand.sqs().next(DELETE, MANY, new SqsFault.Refuse("InternalError", 500));
      stand.sqs().next(RENEW, MANY, NO_ENTRY);
      Replica replica = stand.replica(stand.quick());
      stand.sendAll(List.of(POISON));

      loseTheLease(stand, replica);

      assertThat(events.codes()).containsExactly("MESSAGE_INVALID");
      assertThat(stand.deadLettered()).isEqualTo(1);
      assertThat(stand.ecs().launched()).isZero();
    }
  }

  /** Nothing but another delivery can delete a message whose lease is lost. */
  private static void loseTheLease(SystemStand stand, Replica replica) throws InterruptedException {
    replica.awaitLine(line -> line.contains("event=lease-lost"), LONG);
    stand.sqs().clearFaults();
    stand.awaitEmpty(LONG);
    replica.sigterm();
    assertThat(replica.exitCode(LONG)).isZero();
  }

  @Test
  void whatADeadReplicaHadDoneIsDeletedByAnother(@TempDir Path folder) throws InterruptedException {
    Traffic traffic = Traffic.plain(1);
    try (SystemStand stand = stand(folder, SHORT_LEASE);
        SystemEvents events = stand.events()) {
      stand.sqs().next(DELETE, MANY, new SqsFault.Cut());
      Replica first = stand.replica(stand.quick());
      stand.sendAll(traffic.bodies());
      stand.sendAll(List.of(POISON));
      events.awaitLaunched(1, LONG);
      events.awaitError("MESSAGE_INVALID", LONG);
      first.sigkill();
      assertThat(first.exitCode(LONG)).isNotZero();
      stand.sqs().clearFaults();

      Replica second = stand.replica(stand.quick());
      stand.awaitEmpty(LONG);
      second.sigterm();

      assertThat(second.exitCode(LONG)).isZero();
      assertThat(stand.ecs().calls().count("RunTask")).isEqualTo(1);
      assertThat(events.codes()).containsExactly("MESSAGE_INVALID");
      assertThat(stand.deadLettered()).isEqualTo(1);
    }
  }

  /**
   * Were they forgotten, the messages would come back only after the ten minutes of their lease.
   */
  @Test
  void theEntriesOfADeleteThatFailedAreDeletedByTheNext(@TempDir Path folder)
      throws InterruptedException {
    Traffic traffic = Traffic.plain(10);
    try (SystemStand stand = stand(folder, LONG_LEASE)) {
      stand.sqs().next(DELETE, 2, new SqsFault.FailEntries(Set.of(0, 3), "InternalError", false));
      stand.sqs().next(DELETE, 1, new SqsFault.DropAnswer());
      stand.sqs().next(DELETE, 1, new SqsFault.Cut());
      Replica replica = stand.replica(stand.quick());
      stand.sendAll(traffic.bodies());

      stand.awaitEmpty(LONG);
      replica.sigterm();

      assertThat(replica.exitCode(LONG)).isZero();
      assertThat(stand.ecs().calls().count("RunTask")).isEqualTo(10);
    }
  }

  @Test
  void aMessageTwiceInOneReceiveIsWorkedOnOnce(@TempDir Path folder) throws InterruptedException {
    Traffic traffic = Traffic.plain(5);
    try (SystemStand stand = stand(folder, LONG_LEASE);
        SystemEvents events = stand.events()) {
      stand.sqs().next("ReceiveMessage", 20, new SqsFault.Repeat());
      stand.sendAll(traffic.bodies());
      stand.sendAll(List.of(POISON));
      Replica replica = stand.replica(stand.quick());

      stand.awaitEmpty(LONG);
      replica.sigterm();

      assertThat(replica.exitCode(LONG)).isZero();
      assertThat(replica.text()).contains("event=repeated-in-flight");
      assertThat(stand.ecs().calls().count("RunTask")).isEqualTo(5);
      assertThat(events.codes()).containsExactly("MESSAGE_INVALID");
      assertThat(stand.deadLettered()).isEqualTo(1);
    }
  }

  private static SystemStand stand(Path folder, Duration visibility) throws InterruptedException {
    return SystemStand.start(folder, LocalEcsSettings.defaults(), visibility);
  }
}
