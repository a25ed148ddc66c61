package dev.mystical.scanner.app.system;

import static dev.mystical.scanner.app.system.CrashStand.PATIENCE;
import static dev.mystical.scanner.app.system.CrashStand.kill;
import static dev.mystical.scanner.app.system.CrashStand.sarif;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.stand.RedisHold;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The program is killed while it takes a report in: rows 24 to 27 of the table of crashes. Wherever
 * that is, the container that repeats its call is right, and what is handed out is whole.
 */
class ReportCrashIT {
  private static final String SCAN = "scan-1";

  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    calls.shutdownNow();
  }

  /** Row 24: in the middle of the upload. */
  @Test
  void halfAReportIsNone() throws IOException, InterruptedException {
    try (CrashStand stand = CrashStand.in(folder)) {
      Replica first = stand.server();
      ScanContainer container = stand.launch(SCAN);
      assertThat(container.start(first.address(), "task-1").statusCode()).isEqualTo(200);
      try (Socket upload = container.halfAReport(first.address(), sarif("x".repeat(400_000)))) {
        kill(first);
        assertThat(upload.getInputStream().read()).as("it is cut off").isNegative();
      }

      assertNothingStored(stand);
      takesAllOfIt(stand, container);
    }
  }

  /** Row 24: all of it has come, and is not yet where others find it. */
  @Test
  void aReportThatIsNotPublishedIsNone() throws IOException, InterruptedException {
    try (CrashStand stand = CrashStand.in(folder)) {
      Replica first = stand.server();
      ScanContainer container = stand.launch(SCAN);
      assertThat(container.start(first.address(), "task-1").statusCode()).isEqualTo(200);
      RedisHold hold = stand.hold(RedisHold.Where.BEFORE, CrashPoints.reportPublished());
      Future<HttpResponse<String>> cut = report(container, first.address(), "cut off");
      hold.awaitReached(PATIENCE);
      kill(first);
      assertCutOff(cut);

      assertThat(stand.keys("scanner:upload:")).isEqualTo(1);
      assertThat(stand.timeToLive("scanner:upload:")).as("goes by itself").isPositive();
      assertNothingStored(stand);
      takesAllOfIt(stand, container);
    }
  }

  private void assertNothingStored(CrashStand stand) throws InterruptedException {
    assertThat(stand.keys("scanner:report:")).isZero();
    assertThat(stand.run(SCAN).report()).isEmpty();
  }

  private void takesAllOfIt(CrashStand stand, ScanContainer container)
      throws IOException, InterruptedException {
    Replica second = stand.server();
    assertThat(second.get("/v1/scans/" + SCAN + "/report").statusCode()).isEqualTo(404);
    assertThat(container.report(second.address(), sarif("whole")).statusCode()).isEqualTo(201);
    assertThat(container.complete(second.address()).statusCode()).isEqualTo(204);
    assertThat(stand.awaitEnded(SCAN).status()).isEqualTo(ScanStatus.SUCCEEDED);
    stand.assertWhole(second, SCAN, "whole");
    assertToldOnce(stand);
  }

  /** Row 25: it is stored, and nobody has written down that it is the run's. */
  @ParameterizedTest
  @ValueSource(strings = {"redis", "file"})
  void aReportThatIsStoredAloneIsTakenWhenItComesAgain(String store)
      throws IOException, InterruptedException {
    Path reports = folder.resolve("reports");
    try (CrashStand stand = CrashStand.in(folder)) {
      Map<String, String> settings = stand.settings();
      settings.put("REPORT_STORE", store.equals("file") ? "file:" + reports : store);
      Replica first = stand.server(settings);
      ScanContainer container = stand.launch(SCAN);
      assertThat(container.start(first.address(), "task-1").statusCode()).isEqualTo(200);
      RedisHold hold = stand.hold(RedisHold.Where.BEFORE, CrashPoints.reportCommitted(SCAN));
      Future<HttpResponse<String>> cut = report(container, first.address(), "stored");
      hold.awaitReached(PATIENCE);
      kill(first);
      assertCutOff(cut);

      assertThat(stored(stand, reports)).isEqualTo(1);
      assertThat(stand.run(SCAN).report()).isEmpty();
      Replica second = stand.server(settings);
      assertThat(container.report(second.address(), sarif("stored")).statusCode()).isEqualTo(201);
      assertThat(container.complete(second.address()).statusCode()).isEqualTo(204);
      assertThat(stand.awaitEnded(SCAN).status()).isEqualTo(ScanStatus.SUCCEEDED);
      stand.assertWhole(second, SCAN, "stored");
      assertThat(stored(stand, reports)).isEqualTo(1);
      assertToldOnce(stand);
    }
  }

  private static long stored(CrashStand stand, Path reports) throws IOException {
    if (!Files.exists(reports)) {
      return stand.keys("scanner:report:");
    }
    try (Stream<Path> files = Files.walk(reports)) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  /** Row 25: the container never hears that its report is in, and says no last word either. */
  @Test
  void aReportIsTheRunsThoughItsContainerWasNotTold() throws IOException, InterruptedException {
    try (CrashStand stand = CrashStand.in(folder)) {
      Replica first = stand.server();
      ScanContainer container = stand.launch(SCAN, "mystical", stand.receiver().hook());
      assertThat(container.start(first.address(), "task-1").statusCode()).isEqualTo(200);
      RedisHold hold = stand.hold(RedisHold.Where.ANSWER, CrashPoints.reportCommitted(SCAN));
      Future<HttpResponse<String>> cut = report(container, first.address(), "committed");
      hold.awaitReached(PATIENCE);
      kill(first);
      assertCutOff(cut);

      Replica second = stand.server();
      stand.assertWhole(second, SCAN, "committed");
      assertThat(container.report(second.address(), sarif("another")).statusCode()).isEqualTo(409);
      stand.endTasks();
      assertThat(stand.awaitEnded(SCAN).status()).isEqualTo(ScanStatus.SUCCEEDED);
      stand.assertWhole(second, SCAN, "committed");
      assertToldOnce(stand);
    }
  }

  /** Between the last word and the end, which are one commit: the word was not said. */
  @Test
  void aLastWordThatIsNotWrittenDownIsSaidAgain() throws IOException, InterruptedException {
    try (CrashStand stand = CrashStand.in(folder)) {
      Replica first = stand.server();
      ScanContainer container = stand.reported(SCAN, first);
      RedisHold hold =
          stand.hold(RedisHold.Where.BEFORE, CrashPoints.committed(SCAN, "\"SUCCEEDED\""));
      URI address = first.address();
      Future<HttpResponse<String>> cut = calls.submit(() -> container.complete(address));
      hold.awaitReached(PATIENCE);
      kill(first);
      assertCutOff(cut);

      assertThat(stand.run(SCAN).status()).isEqualTo(RunStatus.RUNNING);
      assertThat(stand.outbox()).isEmpty();
      Replica second = stand.server();
      assertThat(container.complete(second.address()).statusCode()).isEqualTo(204);
      assertThat(stand.awaitEnded(SCAN).status()).isEqualTo(ScanStatus.SUCCEEDED);
      stand.assertWhole(second, SCAN, "found");
      assertToldOnce(stand);
    }
  }

  /** Row 26: two tasks of an attempt hand reports in at once, to two replicas. */
  @Test
  void ofTwoReportsAtOnceOneStands()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    try (CrashStand stand = CrashStand.in(folder)) {
      Replica one = stand.server();
      Replica other = stand.server();
      ScanContainer container = stand.launch(SCAN);
      assertThat(container.start(one.address(), "task-1").statusCode()).isEqualTo(200);
      assertThat(container.start(other.address(), "task-2").statusCode())
          .as("the second must leave; this one stays")
          .isEqualTo(409);
      RedisHold hold = stand.hold(RedisHold.Where.BEFORE, CrashPoints.reportCommitted(SCAN));
      Future<HttpResponse<String>> slow = report(container, one.address(), "slow");
      hold.awaitReached(PATIENCE);
      assertThat(container.report(other.address(), sarif("quick")).statusCode()).isEqualTo(201);
      hold.release();

      // On a slow machine Redis may have taken too long for it meanwhile.
      assertThat(slow.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).statusCode()).isIn(409, 503);
      assertThat(container.report(one.address(), sarif("slow")).statusCode()).isEqualTo(409);
      kill(other);
      assertThat(container.complete(one.address()).statusCode()).isEqualTo(204);
      assertThat(stand.awaitEnded(SCAN).status()).isEqualTo(ScanStatus.SUCCEEDED);
      stand.assertWhole(one, SCAN, "quick");
      assertToldOnce(stand);
    }
  }

  /** Row 27: the time of the run is over before its report is written down. */
  @Test
  void aReportThatComesAfterTheTimeIsOverIsPutAside() throws IOException, InterruptedException {
    try (CrashStand stand = CrashStand.in(folder)) {
      Map<String, String> settings = stand.settings();
      settings.put("SCAN_TIMEOUT", "6s");
      Replica first = stand.server(settings);
      ScanContainer container = stand.launch(SCAN);
      RedisHold hold = stand.hold(RedisHold.Where.BEFORE, CrashPoints.reportCommitted(SCAN));
      Future<HttpResponse<String>> cut = report(container, first.address(), "late");
      hold.awaitReached(PATIENCE);
      kill(first);
      assertCutOff(cut);

      Replica second = stand.server(settings);
      assertThat(stand.awaitEnded(SCAN).status()).isEqualTo(ScanStatus.TIMED_OUT);
      assertThat(container.report(second.address(), sarif("late")).statusCode()).isEqualTo(409);
      assertThat(stand.events().awaitError("RUN_TIMEOUT", PATIENCE)).isNotEmpty();
      stand
          .events()
          .await(
              SystemEvents.ERRORS,
              error -> String.valueOf(error.get("message")).contains("came too late"),
              1,
              PATIENCE);
      assertThat(stand.keys("scanner:report:")).as("it is kept").isEqualTo(1);
      assertThat(stand.run(SCAN).report()).isEmpty();
      assertThat(second.get("/v1/scans/" + SCAN + "/report").statusCode()).isEqualTo(404);
      assertToldOnce(stand);
    }
  }

  /** Row 27: the report is written down before the time is over, by a hair. */
  @Test
  void aTimeoutThatComesAfterTheEndChangesNothing() throws IOException, InterruptedException {
    try (CrashStand stand = CrashStand.in(folder)) {
      Map<String, String> settings = stand.settings();
      settings.put("SCAN_TIMEOUT", "8s");
      Replica server = stand.server(settings);
      ScanContainer container = stand.reported(SCAN, server);
      RedisHold hold =
          stand.hold(RedisHold.Where.BEFORE, CrashPoints.committed(SCAN, "RUN_TIMEOUT"));
      hold.awaitReached(PATIENCE);
      assertThat(container.complete(server.address()).statusCode()).isEqualTo(204);
      hold.release();

      stand.webhook().answer(204);
      server.awaitLine(line -> line.contains("event=webhook-delivered"), PATIENCE);
      assertThat(stand.awaitEnded(SCAN).status()).isEqualTo(ScanStatus.SUCCEEDED);
      stand.assertWhole(server, SCAN, "found");
      assertThat(stand.ends(SCAN)).isEqualTo(1);
      assertThat(stand.events().codes()).doesNotContain("RUN_TIMEOUT");
    }
  }

  private Future<HttpResponse<String>> report(ScanContainer container, URI api, String finding) {
    return calls.submit(() -> container.report(api, sarif(finding)));
  }

  private static void assertCutOff(Future<HttpResponse<String>> call) throws InterruptedException {
    try {
      call.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      throw new AssertionError("a killed program answered");
    } catch (ExecutionException cut) {
      assertThat(cut).hasCauseInstanceOf(IOException.class);
    } catch (TimeoutException e) {
      throw new AssertionError("the call is not cut off", e);
    }
  }

  private static void assertToldOnce(CrashStand stand) throws InterruptedException {
    CallbackReceiver.Call webhook = stand.webhook();
    webhook.answer(204);
    assertThat(webhook.body()).contains("dev.mystical.scanner.scan.ended", SCAN);
    assertThat(stand.ends(SCAN)).isEqualTo(1);
  }
}
