package dev.mystical.scanner.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.stand.ecs.Limits;
import dev.mystical.scanner.stand.ecs.LocalEcsSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as processes of their own, beside a replica that serves. */
class ErrorsCommandIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void anErrorIsShownWhileItHappens() throws InterruptedException {
    try (SystemStand stand = stand();
        SystemEvents events = stand.events()) {
      Replica server = stand.replica().ready();
      stand.send("no request");
      events.awaitError("MESSAGE_INVALID", SOON);
      Replica follower = stand.replica(stand.settings(), "errors", "--follow");
      follower.awaitLine(line -> line.contains("MESSAGE_INVALID"), SOON);

      String message = stand.send(Load.REQUEST.replace("sonar", "nobody"));

      follower.awaitLine(line -> line.contains("PROVIDER_UNKNOWN") && line.contains(message), SOON);
      assertThat(follower.alive()).isTrue();
      assertThat(server.alive()).isTrue();
    }
  }

  @Test
  void aScanIsSubmittedAndItsStatusAskedFor() throws InterruptedException {
    try (SystemStand stand = stand();
        SystemEvents events = stand.events()) {
      Replica check = stand.replica(stand.settings(), "check");
      assertThat(check.exitCode(SOON)).as(check::text).isZero();
      Replica version = stand.replica(stand.settings(), "version");
      assertThat(version.exitCode(SOON)).isZero();
      assertThat(version.text()).contains("0.1.0");

      Replica bad = stand.replicaWith("{\"project\": {}}", stand.settings(), "submit", "-");
      assertThat(bad.exitCode(SOON)).isEqualTo(2);
      assertThat(bad.text()).contains("/project/key", "/target", "/providers");
      Replica submit = stand.replicaWith(Load.REQUEST, stand.settings(), "submit", "-");
      assertThat(submit.exitCode(SOON)).as(submit::text).isZero();
      String scan = submit.lines().getLast();

      Replica early = stand.replica(stand.settings(), "status", scan);
      assertThat(early.exitCode(SOON)).as(early::text).isEqualTo(4);
      stand.replica().ready();
      events.awaitLaunched(1, SOON);

      Replica status = stand.replica(stand.settings(), "status", scan);
      assertThat(status.exitCode(SOON)).as(status::text).isZero();
      assertThat(status.text()).contains(scan, "sonar", "PROVISIONING", "arn:aws:ecs:");
    }
  }

  private SystemStand stand() throws InterruptedException {
    return SystemStand.start(
        folder, LocalEcsSettings.defaults().withLimits(Limits.none()), Duration.ofSeconds(10));
  }
}
