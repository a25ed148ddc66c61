package dev.mystical.scanner.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.stand.SqsFault;
import dev.mystical.scanner.stand.ecs.Limits;
import dev.mystical.scanner.stand.ecs.LocalEcsSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dead letter's whole way: told by the server, sent back by a person, launched once. */
class DeadLettersIT {
  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir private Path folder;

  @Test
  void aDeadLetterFailsItsScanAndIsLaunchedOnceThoughItIsSentBackTwice()
      throws InterruptedException {
    try (SystemStand stand =
            SystemStand.start(
                folder,
                LocalEcsSettings.defaults().withLimits(Limits.none()),
                Duration.ofSeconds(10));
        SystemEvents events = stand.events();
        SystemLedger ledger = stand.ledger()) {
      stand.sendTo("dead-letters", Load.REQUEST);
      Replica first = stand.replica().ready();
      String scan = String.valueOf(events.awaitError("INTERNAL", SOON).get("scanId"));
      assertThat(ledger.entry(scan)).isInstanceOf(Found.Refused.class);
      assertThat(stand.deadLettered()).isOne();
      first.sigterm();
      assertThat(first.exitCode(SOON)).isZero();

      // As if it were killed between the two: sent, and not deleted.
      stand.sqs().next("DeleteMessageBatch", 3, new SqsFault.Cut());
      Replica broken = stand.replica(stand.settings(), "redrive");
      assertThat(broken.exitCode(SOON)).as(broken::text).isOne();
      assertThat(stand.deadLettered()).isOne();
      Replica again = stand.replica(stand.settings(), "redrive", scan);
      assertThat(again.exitCode(SOON)).as(again::text).isZero();
      assertThat(stand.deadLettered()).isZero();
      assertThat(stand.queued()).isEqualTo(2);

      stand.replica().ready();
      events.awaitLaunched(1, SOON);
      stand.awaitEmpty(SOON);
      assertThat(ledger.scan(scan).runs().getFirst().attempts()).hasSize(1);
      assertThat(stand.ecs().tasks()).hasSize(1);
    }
  }
}
