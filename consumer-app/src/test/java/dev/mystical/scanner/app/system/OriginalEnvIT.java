package dev.mystical.scanner.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.stand.ecs.LaunchedTask;
import dev.mystical.scanner.stand.ecs.RunTaskCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Node.js original's settings, as they were, and messages as anyone sends them. */
class OriginalEnvIT {
  @Test
  void eachProviderStartsItsTaskWithItsContainersOverrides(@TempDir Path folder)
      throws InterruptedException {
    try (SystemStand stand = SystemStand.start(folder);
        SystemEvents events = stand.events()) {
      Replica replica = stand.replica();
      String scanId =
          stand.send(
              """
              {"project": {"key": "payments", "name": "Payments"},
               "target": {"type": "git", "url": "https://git.example.com/acme/payments.git", "ref": "main"},
               "providers": ["sonar", {"id": "mystical", "options": {"SEVERITY": "high"}}, "third"]}
              """);

      replica.ready();
      events.awaitLaunched(3, Duration.ofSeconds(30));
      replica.sigterm();

      assertThat(replica.exitCode(Duration.ofSeconds(30))).isZero();
      List<LaunchedTask> tasks = stand.ecs().tasks();
      assertThat(tasks).hasSize(3);
      assertThat(tasks)
          .extracting(LaunchedTask::startedBy)
          .containsExactlyInAnyOrder(
              "scan/" + scanId + "/sonar",
              "scan/" + scanId + "/mystical",
              "scan/" + scanId + "/third");
      assertThat(tasks)
          .extracting(LaunchedTask::family)
          .containsExactlyInAnyOrder(
              "scanner-infrastructure-sonar-task",
              "scanner-infrastructure-mystical-task",
              "scanner-infrastructure-third-task");
      assertThat(bodies(stand))
          .allSatisfy(
              body -> assertThat(body).contains("{\"name\":\"SCAN_ID\",\"value\":\"" + scanId))
          .anySatisfy(body ->
              assertThat(body)
                  .contains("\"name\":\"scanner-mystical-infrastructure\"")
                  .contains("{\"name\":\"SCAN_OPT_SEVERITY\",\"value\":\"high\"}")
                  .contains("{\"name\":\"SCAN_PROVIDER\",\"value\":\"mystical\"}"))
          .noneSatisfy(body -> assertThat(body).contains("wJalrXUtnFEMI"));
      assertThat(stand.queued()).isZero();
      assertThat(events.errors()).isEmpty();
    }
  }

  private static List<String> bodies(SystemStand stand) {
    return stand.ecs().calls().runTasks().stream().map(RunTaskCall::body).toList();
  }
}
