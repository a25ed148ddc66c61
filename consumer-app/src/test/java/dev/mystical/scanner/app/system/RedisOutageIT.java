package dev.mystical.scanner.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.stand.ecs.Fault;
import dev.mystical.scanner.stand.ecs.FaultKind;
import dev.mystical.scanner.stand.ecs.LaunchedTask;
import dev.mystical.scanner.stand.ecs.Limits;
import dev.mystical.scanner.stand.ecs.LocalEcsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Redis goes away under load and comes back: with its data, without, and frozen in between. The
 * outage lasts {@code -Doutage.seconds}, some seconds where that is not said.
 */
class RedisOutageIT {
  /** Threads read their time before they hand in what they tell: near each other, none is first. */
  private static final Comparator<Long> IN_TURN =
      (one, other) -> Math.abs(one - other) < 1_000 ? 0 : Long.compare(one, other);

  private static final Duration OUTAGE =
      Duration.ofSeconds(Integer.getInteger("outage.seconds", 8));
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration LATE = SOON.plus(OUTAGE.multipliedBy(2));
  private static final int SEATS = 16;

  private final TaskWatch tasks = new TaskWatch();

  @TempDir private Path folder;

  @Test
  void nothingIsLostOrLaunchedTwiceWhileRedisIsAway() throws InterruptedException {
    try (SystemStand stand = stand()) {
      Replica replica = stand.replica(settings(stand)).ready();
      int sent;
      try (Load load = Load.on(stand)) {
        tasks.await(30, SOON);
        int before = replica.lines().size();

        stand.redis().stop();
        awaitRedis(replica, before, "unwell");
        assertThat(redis(replica)).contains("\"status\":\"degraded\"").contains("does not answer");
        pass(OUTAGE.dividedBy(2));
        Map<String, Long> underWay = calls(stand);
        pass(OUTAGE.dividedBy(2));
        assertThat(calls(stand)).isEqualTo(underWay);
        assertThat(replica.get("/livez").statusCode()).isEqualTo(200);

        int away = replica.lines().size();
        stand.redis().restart();
        awaitRedis(replica, away, "well");
        sent = load.stop();
      }
      try (SystemEvents events = stand.events()) {
        events.awaitLaunched(sent, LATE);
        assertThat(redis(replica)).contains("\"status\":\"up\"");
        assertTold(events, replica);
      }
      assertAllDone(stand, replica, sent);
    }
  }

  @Test
  void aRedisThatFreezesIsWaitedFor() throws InterruptedException {
    try (SystemStand stand = stand()) {
      Replica replica = stand.replica(settings(stand)).ready();
      int sent;
      try (Load load = Load.on(stand)) {
        tasks.await(30, SOON);
        int before = replica.lines().size();

        stand.redis().pause();
        awaitRedis(replica, before, "unwell");
        // Until calls that were given up stand in the frozen server's buffers.
        pass(Duration.ofSeconds(4));
        int away = replica.lines().size();
        stand.redis().resume();
        awaitRedis(replica, away, "well");
        sent = load.stop();
      }
      try (SystemEvents events = stand.events()) {
        events.awaitLaunched(sent, LATE);
      }
      assertAllDone(stand, replica, sent);
    }
  }

  @Test
  void whatAnEmptiedRedisHasForgottenIsWrittenAnewFromItsMessage() throws InterruptedException {
    try (SystemStand stand = stand()) {
      stand
          .ecs()
          .fault(Fault.on("RunTask", FaultKind.SLOW).delayed(Duration.ofSeconds(4)).times(SEATS));
      Replica replica = stand.replica(settings(stand)).ready();
      stand.sendAll(Collections.nCopies(SEATS + 10, Load.REQUEST));
      tasks.await(SEATS, SOON);

      // Tasks run whose launch no ledger knows, and no answer has told of.
      stand.redis().restartEmpty();

      try (SystemEvents events = stand.events()) {
        events.awaitLaunched(SEATS + 10, LATE);
      }
      assertAllDone(stand, replica, SEATS + 10);
    }
  }

  /** Nothing of the outage is missing in the stream, and it stands there in its order. */
  private static void assertTold(SystemEvents events, Replica replica) throws InterruptedException {
    events.await(
        SystemEvents.ERRORS,
        error ->
            "REDIS_UNAVAILABLE".equals(error.get("code")) && "true".equals(error.get("replayed")),
        1,
        SOON);
    replica.awaitLine(
        line -> line.contains("event=errors-replayed") && line.contains("waiting=0"), SOON);
    Map<String, Long> metrics = replica.metrics();
    assertThat(errors(metrics, "published_total"))
        .isPositive()
        .isEqualTo(
            errors(metrics, "streamed_total")
                + errors(metrics, "replayed_total")
                + errors(metrics, "spooled")
                + errors(metrics, "suppressed")
                + errors(metrics, "dropped_total")
                + errors(metrics, "waiting"));
    assertThat(errors(metrics, "dropped_total")).isZero();

    replica.sigterm();
    assertThat(replica.exitCode(SOON)).isZero();
    Map<String, Map<String, String>> told = new LinkedHashMap<>();
    events.errors().forEach(error -> told.put(String.valueOf(error.get("id")), error));
    assertThat(told.values())
        .extracting(error -> number(error, "time"))
        .isSortedAccordingTo(IN_TURN);
    assertThat(told.values().stream().mapToLong(error -> number(error, "count")).sum())
        .isEqualTo(errors(metrics, "published_total"));
  }

  private static long errors(Map<String, Long> metrics, String which) {
    Long value = metrics.get("scanner_errors_" + which);
    assertThat(value).as(which).isNotNull();
    return value == null ? 0 : value;
  }

  private static long number(Map<String, String> error, String field) {
    return Long.parseLong(String.valueOf(error.get(field)));
  }

  private static void assertAllDone(SystemStand stand, Replica replica, int sent)
      throws InterruptedException {
    replica.sigterm();
    assertThat(replica.exitCode(SOON)).as(replica::text).isZero();
    assertThat(stand.ecs().tasks())
        .extracting(LaunchedTask::startedBy)
        .hasSize(sent)
        .doesNotHaveDuplicates();
    assertThat(stand.queued()).isZero();
    assertThat(stand.deadLettered()).isZero();
  }

  private static void awaitRedis(Replica replica, int after, String what)
      throws InterruptedException {
    replica.awaitLine(
        after, line -> line.contains("event=dependency-" + what + " dependency=REDIS"), LATE);
  }

  /** What readiness says of Redis. */
  private static String redis(Replica replica) throws InterruptedException {
    String body = replica.get("/readyz").body();
    int start = body.indexOf("{\"name\":\"redis\"");
    return body.substring(start, body.indexOf('}', start));
  }

  private static Map<String, Long> calls(SystemStand stand) {
    return Map.of(
        "RunTask", stand.ecs().calls().count("RunTask"),
        "ReceiveMessage", (long) stand.sqs().calls("ReceiveMessage"),
        "DeleteMessageBatch", (long) stand.sqs().calls("DeleteMessageBatch"));
  }

  /** An outage is a time in which nothing happens that could be waited for. */
  private static void pass(Duration time) throws InterruptedException {
    assertThat(new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
  }

  private static Map<String, String> settings(SystemStand stand) {
    Map<String, String> settings = stand.settings();
    settings.put("MAX_IN_FLIGHT", Integer.toString(SEATS));
    settings.put("LAUNCH_RATE", "200");
    settings.put("LAUNCH_BURST", "200");
    return settings;
  }

  private SystemStand stand() throws InterruptedException {
    return SystemStand.start(
        folder,
        LocalEcsSettings.defaults().withLimits(Limits.none()).withEvents(tasks),
        Duration.ofSeconds(10));
  }
}
