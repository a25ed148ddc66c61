package dev.mystical.scanner.app.command;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.app.deadletters.DeadLetterStand;
import dev.mystical.scanner.app.deadletters.Requests;
import dev.mystical.scanner.app.settings.Settings;
import dev.mystical.scanner.domain.intake.RequestDecoder;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.Receipt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.stand.SqsFault;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.model.Message;

/** The command against an SQS and a Redis. */
class RedriveIT {
  private static DeadLetterStand.Servers servers;

  @TempDir private Path folder;

  private final RecordingTerminal recording = RecordingTerminal.plain();
  private DeadLetterStand stand;

  @BeforeAll
  static void startServers() throws InterruptedException {
    servers = DeadLetterStand.Servers.start();
  }

  @AfterAll
  static void stopServers() {
    servers.close();
  }

  @BeforeEach
  void open() throws InterruptedException {
    stand = DeadLetterStand.on(servers);
  }

  @AfterEach
  void close() {
    stand.close();
  }

  @Test
  void allThatSqsItselfHasMovedAreSentBack() throws InterruptedException {
    MessageId named = stand.die(Requests.named("scan-1"));
    MessageId unnamed = stand.die(Requests.unnamed());
    assertThat(stand.deadLetters().count()).isEqualTo(2);

    assertThat(run("redrive", "--dry-run")).isZero();
    assertThat(stand.deadLetters().count()).isEqualTo(2);
    assertThat(run("redrive")).isZero();

    assertThat(stand.deadLetters().count()).isZero();
    assertThat(bodies())
        .extracting(body -> Requests.DECODER.decode(body).scanId().orElseThrow().value())
        .containsExactlyInAnyOrder("scan-1", unnamed.value());
    assertThat(recording.answered()).contains(named.value(), unnamed.value());
  }

  @Test
  void chosenOnesAreSentBackAndTheOthersStay() throws InterruptedException {
    stand.die(Requests.named("scan-1"));
    stand.die(Requests.named("scan-2"));

    assertThat(run("redrive", "scan-2")).isZero();

    assertThat(bodies()).containsExactly(Requests.named("scan-2"));
    assertThat(stand.deadLetters().receive())
        .extracting(Delivery::body)
        .containsExactly(Requests.named("scan-1"));
  }

  @Test
  void aCopyOfPoisonGoesBackOnceItIsNoPoisonAnyMore() throws InterruptedException {
    Map<String, String> traced = Map.of("traceparent", SampleScans.TRACEPARENT);
    Delivery poison =
        new Delivery(
            new Receipt(new MessageId("m-0"), "handle"),
            Requests.unnamed(),
            traced,
            1,
            Instant.now());
    stand.copies().copy(poison, ErrorCode.PROVIDER_UNKNOWN);

    assertThat(run("redrive")).isZero();

    List<Message> back = stand.receive();
    assertThat(back).hasSize(1);
    assertThat(Requests.DECODER.decode(back.getFirst().body()).scanId().orElseThrow().value())
        .isEqualTo("m-0");
    assertThat(back.getFirst().messageAttributes()).containsOnlyKeys("traceparent");
  }

  @Test
  void whatHasEndedMeanwhileIsDeletedAndNotSent() throws InterruptedException {
    Scan launched =
        SampleScans.launched(
            SampleScans.launched(scan(), SONAR, new TaskArn("arn:task/1"), Instant.now()),
            MYSTICAL,
            new TaskArn("arn:task/2"),
            Instant.now());
    stand.ledger().commit(Commit.of(launched.cancelled(Instant.now()), Instant.now()));
    stand.die(Requests.named("scan-1"));

    assertThat(run("redrive")).isZero();

    assertThat(stand.receive()).isEmpty();
    assertThat(stand.deadLetters().count()).isZero();
    assertThat(recording.answered()).contains("its scan is CANCELLED");
  }

  /** The watch had told the scan FAILED; it is not, once it is launched. */
  @Test
  void whatTheWatchHasToldFailedBeginsAgain() throws InterruptedException {
    stand.die(Requests.named("scan-1"));
    stand.watch().take();
    assertThat(stand.ledger().load(Requests.key("scan-1")).entry())
        .isInstanceOf(Found.Refused.class);

    assertThat(run("redrive")).isZero();

    assertThat(stand.ledger().load(Requests.key("scan-1")).entry()).isEqualTo(new Found.Absent());
    assertThat(bodies()).containsExactly(Requests.named("scan-1"));
  }

  /** Killed after it had sent a message, and before it had deleted the letter. */
  @Test
  void aRepeatAfterACrashHarmsNobody() throws InterruptedException {
    stand.die(Requests.named("scan-1"));
    stand.sqs().next("DeleteMessageBatch", 3, new SqsFault.Cut());
    assertThat(run("redrive")).isOne();
    assertThat(stand.deadLetters().count()).isOne();

    // A worker has begun the scan, and waits to launch it.
    stand.ledger().commit(Commit.of(scan(), Instant.now()));
    stand.watch().take();
    assertThat(known().status()).isEqualTo(ScanStatus.QUEUED);

    assertThat(run("redrive")).isZero();
    assertThat(stand.deadLetters().count()).isZero();
    assertThat(bodies()).containsExactly(Requests.named("scan-1"), Requests.named("scan-1"));
  }

  @Test
  void whatFailedBeforeAnythingRanGoesOnInTheLedger() throws InterruptedException {
    stand.ledger().commit(Commit.of(scan(), Instant.now()));
    stand.die(Requests.named("scan-1"));
    stand.watch().take();
    assertThat(known().status()).isEqualTo(ScanStatus.FAILED);

    assertThat(run("redrive")).isZero();

    assertThat(known().status()).isEqualTo(ScanStatus.RUNNING);
    assertThat(known().series()).isOne();
    assertThat(stand.receive()).isEmpty();
    assertThat(stand.deadLetters().count()).isZero();
  }

  @Test
  void aScanIsCancelledAndRetriedInRedis() throws InterruptedException {
    stand.ledger().commit(Commit.of(scan(), Instant.now()));

    assertThat(run("cancel", "scan-1")).isZero();
    assertThat(known().status()).isEqualTo(ScanStatus.CANCELLED);
    assertThat(run("cancel", "scan-1")).isZero();
    assertThat(run("retry", "scan-1")).isZero();
    assertThat(known().status()).isEqualTo(ScanStatus.RUNNING);
    assertThat(run("retry", "scan-1")).isEqualTo(2);
    assertThat(run("cancel", "scan-2")).isEqualTo(4);
  }

  private static Scan scan() {
    return Requests.scan("scan-1", Instant.now());
  }

  private Scan known() throws InterruptedException {
    return ((Found.Versioned) stand.ledger().load(Requests.key("scan-1")).entry()).scan();
  }

  private List<String> bodies() {
    return stand.receive().stream().map(Message::body).toList();
  }

  private int run(String... arguments) throws InterruptedException {
    Map<String, String> environment = new HashMap<>(stand.environment());
    return new CommandRunner(
            recording.terminal(), environment, folder, InstantSource.system(), new Parts())
        .run(List.of(arguments));
  }

  /** What the commands are made of in the program as well. */
  private static final class Parts implements CommandRunner.Parts {
    @Override
    public int serve(Settings settings) {
      throw new AssertionError("nothing is served");
    }

    @Override
    public Outside outside(Settings settings) {
      return ConnectedOutside.open(settings, "command", InstantSource.system());
    }

    @Override
    public RequestDecoder decoder(Settings settings) {
      return Requests.DECODER;
    }
  }
}
