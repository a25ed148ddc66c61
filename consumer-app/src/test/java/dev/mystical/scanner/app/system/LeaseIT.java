package dev.mystical.scanner.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.stand.ecs.Fault;
import dev.mystical.scanner.stand.ecs.FaultKind;
import dev.mystical.scanner.stand.ecs.LocalEcsSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message stays with its replica for as long as the work on it takes. */
class LeaseIT {
  private static final Duration LEASE = Duration.ofSeconds(4);
  private static final Duration WORK = Duration.ofSeconds(7);
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void aMessageWhoseWorkOutlastsItsLeaseIsReceivedOnce(@TempDir Path folder)
      throws InterruptedException {
    Traffic traffic = Traffic.plain(12);
    try (SystemStand stand = SystemStand.start(folder, LocalEcsSettings.defaults(), LEASE);
        SystemEvents events = stand.events()) {
      stand.ecs().fault(Fault.on("RunTask", FaultKind.SLOW).always().delayed(WORK));
      stand.sendAll(traffic.bodies());
      Replica replica = stand.replica(stand.quick());

      events.awaitLaunched(12, LONG);
      stand.awaitEmpty(LONG);
      replica.sigterm();

      assertThat(replica.exitCode(LONG)).isZero();
      assertThat(replica.text())
          .doesNotContain("event=lease-lost")
          .doesNotContain("event=repeated-in-flight");
      assertThat(stand.ecs().calls().count("RunTask")).isEqualTo(12);
      assertThat(stand.sqs().calls("ChangeMessageVisibilityBatch")).isPositive();
    }
  }
}
