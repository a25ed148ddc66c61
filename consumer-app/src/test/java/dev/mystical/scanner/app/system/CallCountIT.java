package dev.mystical.scanner.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.stand.ecs.Limits;
import dev.mystical.scanner.stand.ecs.LocalEcsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a request costs in calls when all is well. */
class CallCountIT {
  private static final int REQUESTS = 1_000;
  private static final Duration LONG = Duration.ofMinutes(3);

  @Test
  void aMessageCostsAQuarterOfAnSqsCallAndARunOneRunTask(@TempDir Path folder)
      throws InterruptedException {
    Traffic traffic = Traffic.plain(REQUESTS);
    LocalEcsSettings ecs = LocalEcsSettings.defaults().withLimits(Limits.none());
    try (SystemStand stand = SystemStand.start(folder, ecs, Duration.ofSeconds(30));
        SystemEvents events = stand.events()) {
      stand.sendAll(traffic.bodies());
      Replica replica = stand.replica(stand.quick()).ready();
      events.awaitLaunched(REQUESTS, LONG);
      stand.awaitEmpty(LONG);

      Map<String, Integer> sqs = stand.sqs().calls();
      assertThat(sqs.values().stream().mapToInt(Integer::intValue).sum())
          .as("SQS calls: %s", sqs)
          .isLessThanOrEqualTo(REQUESTS / 4);
      assertThat(stand.ecs().calls().count("RunTask")).isEqualTo(REQUESTS);
      // A new ledger is compared with the cluster once, its running and its stopped tasks.
      assertThat(stand.ecs().calls().count("ListTasks")).isEqualTo(2);
      assertThat(stand.ecs().launched()).isEqualTo(REQUESTS);
      assertThat(events.errors()).isEmpty();

      // Three such polls are an idle minute; nothing else is called in it (see PollerTest).
      assertThat(stand.sqs().lastBody("ReceiveMessage")).contains("\"WaitTimeSeconds\":20");
      replica.sigterm();
      assertThat(replica.exitCode(Duration.ofSeconds(60))).isZero();
    }
  }
}
