package dev.mystical.scanner.app.system;

import static dev.mystical.scanner.app.system.CrashStand.PATIENCE;
import static dev.mystical.scanner.app.system.CrashStand.kill;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.stand.RedisHold;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program is killed while it tells the end of a scan: rows 28 to 32 of the table of crashes.
 * The webhook comes at least once, and each time with the same id and the same bytes.
 */
class DeliveryCrashIT {
  private static final String SCAN = "scan-1";

  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    calls.shutdownNow();
  }

  /** Row 28: the end and its webhook are one commit, after which the program dies at once. */
  @Test
  void anEndThatIsWrittenHasItsWebhook() throws IOException, InterruptedException {
    try (CrashStand stand = CrashStand.in(folder)) {
      Replica first = stand.server();
      ScanContainer container = stand.reported(SCAN, first);
      RedisHold hold =
          stand.hold(RedisHold.Where.ANSWER, CrashPoints.committed(SCAN, "\"SUCCEEDED\""));
      URI address = first.address();
      Future<?> cut = calls.submit(() -> container.complete(address));
      hold.awaitReached(PATIENCE);
      kill(first);
      assertThatThrownBy(cut::get).hasCauseInstanceOf(IOException.class);

      assertThat(stand.awaitEnded(SCAN).status()).isEqualTo(ScanStatus.SUCCEEDED);
      assertThat(stand.ends(SCAN)).isEqualTo(1);
      Replica second = stand.server();
      assertThat(container.complete(second.address()).statusCode()).isEqualTo(204);
      CallbackReceiver.Call webhook = stand.webhook();
      webhook.answer(204);
      assertDelivered(stand, second, 1);
      assertThat(webhook.body()).contains("\"SUCCEEDED\"");
      assertThat(webhook.signature()).startsWith("v1,");
      assertThat(stand.ends(SCAN)).isEqualTo(1);
    }
  }

  /** Row 29: the receiver has the webhook and has not answered. */
  @Test
  void aWebhookThatWasCutOffComesAgain() throws IOException, InterruptedException {
    try (CrashStand stand = CrashStand.in(folder)) {
      Replica first = stand.server();
      stand.finished(SCAN, first);
      CallbackReceiver.Call cut = stand.webhook();
      kill(first);
      cut.answer(204);

      stand.anHourLater();
      Replica second = stand.server();
      CallbackReceiver.Call again = stand.webhook();
      again.answer(204);
      assertDelivered(stand, second, 1);
      assertThat(again.said()).isEqualTo(cut.said());
    }
  }

  /** Row 30: the receiver has said yes, and nobody has written it down. */
  @Test
  void aWebhookWhoseArrivalWasNotWrittenDownComesAgain() throws IOException, InterruptedException {
    try (CrashStand stand = CrashStand.in(folder)) {
      Replica first = stand.server();
      RedisHold hold = stand.hold(RedisHold.Where.BEFORE, CrashPoints.delivered());
      stand.finished(SCAN, first);
      CallbackReceiver.Call arrived = stand.webhook();
      arrived.answer(204);
      hold.awaitReached(PATIENCE);
      kill(first);

      stand.anHourLater();
      Replica second = stand.server();
      CallbackReceiver.Call again = stand.webhook();
      again.answer(204);
      assertDelivered(stand, second, 1);
      assertThat(again.said()).isEqualTo(arrived.said());
    }
  }

  /** Row 31: what time may mend is tried again, also by whoever comes after. 410 is the end. */
  @Test
  void aRefusedWebhookComesAgainUntilTheReceiverIsGone() throws IOException, InterruptedException {
    try (CrashStand stand = CrashStand.in(folder)) {
      Replica first = stand.server();
      stand.finished(SCAN, first);
      CallbackReceiver.Call redirected = stand.webhook();
      redirected.answer(302);
      first.awaitLine(line -> line.contains("event=webhook-put-off"), PATIENCE);
      assertThat(stand.receiver().idle()).as("redirects are not followed").isTrue();
      kill(first);

      stand.anHourLater();
      Replica second = stand.server();
      CallbackReceiver.Call gone = stand.webhook();
      gone.answer(410);
      assertThat(stand.events().awaitError("CALLBACK_FAILED", PATIENCE)).isNotEmpty();
      assertThat(gone.said()).isEqualTo(redirected.said());
      assertThat(stand.outbox()).isEmpty();
      assertThat(second.get("/v1/scans/" + SCAN).body())
          .contains("\"status\":\"FAILED\",\"tries\":2");
      assertThat(stand.events().codes()).containsExactly("CALLBACK_FAILED");
    }
  }

  /** Row 31: no TLS there is worth another try; an address that is not allowed is not. */
  @Test
  void aReceiverWithoutTlsIsTriedAgainAndABlockedOneIsNot()
      throws IOException, InterruptedException {
    try (CrashStand stand = CrashStand.in(folder)) {
      Replica first = stand.server();
      int port = stand.receiver().port();
      end(first, stand.launch("plain", "sonar", "https://127.0.0.1:" + port + "/hook"));
      first.awaitLine(line -> line.contains("event=webhook-put-off"), PATIENCE);
      end(first, stand.launch("blocked", "sonar", "https://192.168.7.7/hook"));
      assertThat(stand.events().awaitError("CALLBACK_BLOCKED", PATIENCE)).isNotEmpty();
      kill(first);

      stand.anHourLater();
      Replica second = stand.server();
      second.awaitLine(line -> line.contains("event=webhook-put-off"), PATIENCE);
      assertThat(second.get("/v1/scans/plain").body())
          .contains("\"status\":\"PENDING\",\"tries\":2");
      assertThat(second.get("/v1/scans/blocked").body())
          .contains("\"status\":\"BLOCKED\",\"tries\":1");
      assertThat(stand.outbox()).as("the blocked one is not tried again").hasSize(1);
      assertThat(stand.events().codes()).containsExactly("CALLBACK_BLOCKED");
      assertThat(stand.receiver().idle()).isTrue();
    }
  }

  private static void end(Replica server, ScanContainer container)
      throws IOException, InterruptedException {
    assertThat(container.start(server.address(), "task").statusCode()).isEqualTo(200);
    assertThat(container.report(server.address(), CrashStand.sarif("found")).statusCode())
        .isEqualTo(201);
    assertThat(container.complete(server.address()).statusCode()).isEqualTo(204);
  }

  /** Row 32: that it has arrived is written down, and all is over with that. */
  @Test
  void aWebhookThatIsKnownToHaveArrivedNeverComesAgain() throws IOException, InterruptedException {
    try (CrashStand stand = CrashStand.in(folder)) {
      Replica first = stand.server();
      RedisHold hold = stand.hold(RedisHold.Where.ANSWER, CrashPoints.delivered());
      stand.finished(SCAN, first);
      CallbackReceiver.Call arrived = stand.webhook();
      arrived.answer(204);
      hold.awaitReached(PATIENCE);
      kill(first);

      assertThat(stand.outbox()).isEmpty();
      stand.anHourLater();
      Replica second = stand.server();
      stand.finished("scan-2", second);
      CallbackReceiver.Call next = stand.webhook();
      next.answer(204);
      assertThat(next.body()).contains("scan-2");
      assertDelivered(stand, second, 1);
      assertThat(second.get("/v1/scans/" + SCAN).body())
          .contains("\"status\":\"DELIVERED\",\"tries\":1");
      assertThat(stand.receiver().idle()).isTrue();
    }
  }

  private static void assertDelivered(CrashStand stand, Replica server, int tries)
      throws InterruptedException {
    server.awaitLine(
        line -> line.contains("event=webhook-delivered") && line.contains("tries=" + tries),
        PATIENCE);
    assertThat(stand.outbox()).isEmpty();
    assertThat(stand.receiver().idle()).isTrue();
  }
}
