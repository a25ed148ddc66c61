package dev.mystical.scanner.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.stand.SqsFault;
import dev.mystical.scanner.stand.ecs.Fault;
import dev.mystical.scanner.stand.ecs.FaultKind;
import dev.mystical.scanner.stand.ecs.Limits;
import dev.mystical.scanner.stand.ecs.LocalEcsSettings;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A queue that cannot be used is said at once, told once, and waited for. */
class HealthIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** More than are asked for before {@code clearFaults} ends them. */
  private static final int MANY = 1_000;

  private final TaskWatch tasks = new TaskWatch();

  @TempDir private Path folder;

  @Test
  void aQueueThatIsNotThereIsWaitedForAndNeverMade() throws InterruptedException {
    try (SystemStand stand = stand();
        SystemEvents events = stand.events()) {
      Map<String, String> settings = stand.settings();
      settings.put("CONSUMER_QUEUE_URL", stand.queueUrl("later"));
      Replica replica = stand.replica(settings);
      awaitTrouble(replica);
      assertNotReady(replica, events, "QueueDoesNotExist");

      assertThat(stand.sqs().calls("CreateQueue")).isZero();
      assertThat(stand.queues()).noneMatch(url -> url.endsWith("/later"));
      stand.createQueue("later", Duration.ofSeconds(30));
      stand.sendTo("later", Load.REQUEST);

      assertGoesOn(replica, events, 1);
    }
  }

  @Test
  void aQueueThatIsDeletedInTheMiddleIsWaitedFor() throws InterruptedException {
    try (SystemStand stand = stand();
        SystemEvents events = stand.events()) {
      stand.createQueue("passing", Duration.ofSeconds(4));
      stand.ecs().fault(Fault.on("RunTask", FaultKind.SLOW).delayed(Duration.ofSeconds(2)));
      Map<String, String> settings = stand.settings();
      settings.put("CONSUMER_QUEUE_URL", stand.queueUrl("passing"));
      // No long poll is under way, to which ElasticMQ would say nothing when its queue goes.
      settings.put("MAX_IN_FLIGHT", "1");
      Replica replica = stand.replica(settings).ready();
      stand.sendTo("passing", Load.REQUEST);
      tasks.await(1, SOON);

      stand.deleteQueue("passing");

      awaitTrouble(replica);
      assertNotReady(replica, events, "QueueDoesNotExist");
      stand.createQueue("passing", Duration.ofSeconds(30));
      stand.sendTo("passing", Load.REQUEST);
      assertGoesOn(replica, events, 2);
    }
  }

  @Test
  void wrongCredentialsAtTheStartAreWaitedOut() throws InterruptedException {
    try (SystemStand stand = stand();
        SystemEvents events = stand.events()) {
      stand
          .sqs()
          .next("GetQueueAttributes", MANY, new SqsFault.Refuse("InvalidClientTokenId", 403));
      Replica replica = stand.replica();
      awaitTrouble(replica);
      assertNotReady(replica, events, "InvalidClientTokenId");

      stand.sqs().clearFaults();
      stand.send(Load.REQUEST);

      assertGoesOn(replica, events, 1);
    }
  }

  @Test
  void credentialsThatExpireInTheMiddleAreWaitedOut() throws InterruptedException {
    try (SystemStand stand = stand();
        SystemEvents events = stand.events()) {
      SqsFault none = new SqsFault.Delay(Duration.ZERO);
      SqsFault expired = new SqsFault.Refuse("ExpiredToken", 403);
      for (String action : List.of("GetQueueAttributes", "ReceiveMessage")) {
        stand.sqs().next(action, 1, none);
        stand.sqs().next(action, MANY, expired);
      }
      Replica replica = stand.replica().ready();
      stand.send(Load.REQUEST);
      events.awaitLaunched(1, SOON);

      awaitTrouble(replica);
      assertNotReady(replica, events, "ExpiredToken");
      stand.sqs().clearFaults();
      stand.send(Load.REQUEST);
      assertGoesOn(replica, events, 2);
    }
  }

  @Test
  void everyProblemOfTheSettingsIsSaidAtOnceAndNoSecret() throws InterruptedException {
    try (SystemStand stand = stand()) {
      Map<String, String> settings = new TreeMap<>(stand.settings());
      settings.remove("CLUSTER_NAME");
      settings.put("CONSUMER_QUEUE_URL", "scans");
      settings.put("REDIS_URL", "http://scanner:hunter2hunter2@127.0.0.1");
      settings.put("TOKEN_KEY", "only-19-bytes-of-it");
      settings.put("MAX_IN_FLIGHT", "many");
      settings.put("TASK_DEFINITION_FOURTH", "fourth");

      Replica replica = stand.replica(settings);

      assertThat(replica.exitCode(SOON)).isEqualTo(2);
      assertThat(replica.text())
          .contains(
              List.of(
                  "CLUSTER_NAME",
                  "CONSUMER_QUEUE_URL",
                  "REDIS_URL",
                  "TOKEN_KEY",
                  "MAX_IN_FLIGHT = many",
                  "CONTAINER_FOURTH"))
          .doesNotContain("hunter2", "only-19-bytes", settings.get("AWS_SECRET_KEY"));
    }
  }

  private static void awaitTrouble(Replica replica) throws InterruptedException {
    replica.awaitLine(line -> line.contains("event=loop-failed loop=poller"), SOON);
  }

  /** Alive and not ready, and the reason is there for whoever asks or watches. */
  private static void assertNotReady(Replica replica, SystemEvents events, String reason)
      throws InterruptedException {
    HttpResponse<String> ready = replica.get("/readyz");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).containsPattern("\"name\":\"sqs\",\"status\":\"down\"[^}]*" + reason);
    assertThat(replica.get("/livez").statusCode()).isEqualTo(200);
    assertThat(events.awaitError("SQS_CONFIG", SOON))
        .hasEntrySatisfying("message", message -> assertThat(message).contains(reason));
    // Several tries later it is still the same trouble.
    replica.awaitLine(line -> line.contains("event=loop-failed loop=poller failures=4"), SOON);
    assertThat(events.codes()).filteredOn("SQS_CONFIG"::equals).hasSize(1);
  }

  private static void assertGoesOn(Replica replica, SystemEvents events, int launched)
      throws InterruptedException {
    events.awaitLaunched(launched, SOON);
    HttpResponse<String> ready = replica.get("/readyz");
    assertThat(ready.body()).contains("\"name\":\"sqs\",\"status\":\"up\"");
    replica.sigterm();
    assertThat(replica.exitCode(SOON)).isZero();
  }

  private SystemStand stand() throws InterruptedException {
    return SystemStand.start(
        folder,
        LocalEcsSettings.defaults().withLimits(Limits.none()).withEvents(tasks),
        Duration.ofSeconds(10));
  }
}
