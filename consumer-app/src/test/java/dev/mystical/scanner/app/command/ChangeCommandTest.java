package dev.mystical.scanner.app.command;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.app.deadletters.RacedLedger;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.InMemoryScanLedger;
import dev.mystical.scanner.domain.ledger.ScanEvent;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.StopReason;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.RunRef;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeCommandTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant BEFORE = NOW.minusSeconds(60);
  private static final ScanKey KEY = SampleScans.newKey();
  private static final TaskArn TASK = new TaskArn("arn:task/1");

  private final InMemoryScanLedger ledger = new InMemoryScanLedger(InstantSource.fixed(NOW));
  private final RecordingTerminal recording = RecordingTerminal.plain();
  private final ChangeCommand change = new ChangeCommand(recording.terminal(), ledger, false);

  @Test
  void aLiveScanIsCancelledAndItsTasksAreLeftToBeStopped() throws InterruptedException {
    write(launched());

    assertThat(change.cancel(KEY)).isEqualTo(ExitCode.DONE);

    assertThat(scan().status()).isEqualTo(ScanStatus.CANCELLED);
    assertThat(scan().endedAt()).contains(NOW);
    assertThat(scan().run(SONAR).attempts().getFirst().course().stop())
        .hasValueSatisfying(stop -> assertThat(stop.reason()).isEqualTo(StopReason.CANCELLED));
    assertThat(ledger.timers()).containsKey(new RunRef(KEY, SONAR));
    assertThat(ledger.events()).extracting(ScanEvent::type).contains(ScanEvent.Type.SCAN_ENDED);
    assertThat(recording.answered()).isEqualTo("scan %s is CANCELLED\n".formatted(KEY.id()));
    assertThat(recording.said()).startsWith("the tasks of 1 of its runs are being stopped; ");
  }

  @Test
  void aScanThatIsCancelledAlreadyNeedsNothing() throws InterruptedException {
    write(launched().cancelled(BEFORE));

    assertThat(change.cancel(KEY)).isEqualTo(ExitCode.DONE);

    assertThat(recording.answered()).contains("was CANCELLED before");
    assertThat(scan().endedAt()).contains(BEFORE);
  }

  @Test
  void whatHasEndedOtherwiseCannotBeCancelled() throws InterruptedException {
    write(ended(RunStatus.SUCCEEDED, RunStatus.SUCCEEDED));

    assertThat(change.cancel(KEY)).isEqualTo(ExitCode.USAGE);

    assertThat(recording.said()).contains("is SUCCEEDED, and cannot be cancelled");
    assertThat(scan().status()).isEqualTo(ScanStatus.SUCCEEDED);
  }

  @Test
  void whatDidNotSucceedIsLaunchedAgain() throws InterruptedException {
    write(ended(RunStatus.SUCCEEDED, RunStatus.FAILED));

    assertThat(change.retry(KEY)).isEqualTo(ExitCode.DONE);

    assertThat(scan().status()).isEqualTo(ScanStatus.RUNNING);
    assertThat(scan().run(SONAR).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(scan().run(MYSTICAL).status()).isEqualTo(RunStatus.PENDING);
    assertThat(scan().run(MYSTICAL).requeue())
        .hasValueSatisfying(requeue -> assertThat(requeue.since()).isEqualTo(NOW));
    assertThat(ledger.timers()).containsKey(new RunRef(KEY, MYSTICAL));
    assertThat(recording.answered())
        .isEqualTo("scan %s is launched again: mystical\n".formatted(KEY.id()));
  }

  @Test
  void whatRunsOrSucceededCannotBeRetried() throws InterruptedException {
    write(launched());
    assertThat(change.retry(KEY)).isEqualTo(ExitCode.USAGE);
    assertThat(recording.said()).contains("is RUNNING, and cannot be retried");
  }

  @Test
  void successCannotBeRetried() throws InterruptedException {
    write(ended(RunStatus.SUCCEEDED, RunStatus.SUCCEEDED));
    assertThat(change.retry(KEY)).isEqualTo(ExitCode.USAGE);
    assertThat(recording.said()).contains("is SUCCEEDED, and cannot be retried");
  }

  @Test
  void aRefusedRequestCanBeNeither() throws InterruptedException {
    ledger.settle(
        new MessageId("m-1"),
        Optional.of(
            new RefusedScan(KEY, new ScanError(ErrorCode.MESSAGE_INVALID, "bad", false), NOW)),
        ErrorEvent.error(ErrorCode.MESSAGE_INVALID, Stage.DECODE, Subject.of(KEY), "bad"));

    assertThat(change.cancel(KEY)).isEqualTo(ExitCode.USAGE);
    assertThat(change.retry(KEY)).isEqualTo(ExitCode.USAGE);
    assertThat(recording.said()).contains("was refused before it began, and cannot be cancelled");
  }

  @Test
  void aScanThatNobodyHasIsAnExitCodeOfItsOwn() throws InterruptedException {
    assertThat(change.cancel(KEY)).isEqualTo(ExitCode.NO_SUCH_SCAN);
    assertThat(change.retry(KEY)).isEqualTo(ExitCode.NO_SUCH_SCAN);
  }

  @Test
  void programsGetTheScan() throws InterruptedException {
    write(launched());
    ChangeCommand json = new ChangeCommand(recording.terminal(), ledger, true);

    json.cancel(KEY);
    json.cancel(KEY);
    json.retry(KEY);

    assertThat(recording.answered().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("\"status\":\"CANCELLED\""),
            line -> assertThat(line).contains("\"status\":\"CANCELLED\""),
            line -> assertThat(line).contains("\"status\":\"RUNNING\""));
  }

  /** The ledger's first writer wins, and whoever lost looks again. */
  @Test
  void whoeverWroteMeanwhileIsNotOverwritten() throws InterruptedException {
    write(launched());
    RacedLedger raced = new RacedLedger(ledger, () -> write(mysticalLaunched()));
    ChangeCommand late = new ChangeCommand(recording.terminal(), raced, false);

    assertThat(late.cancel(KEY)).isEqualTo(ExitCode.DONE);

    assertThat(scan().status()).isEqualTo(ScanStatus.CANCELLED);
    assertThat(scan().run(MYSTICAL).attempts()).hasSize(1);
    assertThat(scan().run(MYSTICAL).watched()).isTrue();
  }

  private Scan launched() {
    Scan queued = SampleScans.queued(KEY, SampleScans.plain(SONAR, MYSTICAL), BEFORE);
    return SampleScans.launched(queued, SONAR, TASK, BEFORE);
  }

  private Scan mysticalLaunched() {
    return SampleScans.launched(launched(), MYSTICAL, new TaskArn("arn:task/2"), BEFORE);
  }

  private Scan ended(RunStatus sonar, RunStatus mystical) {
    return ended(ended(mysticalLaunched(), SONAR, sonar), MYSTICAL, mystical);
  }

  private static Scan ended(Scan scan, ProviderId provider, RunStatus end) {
    return scan.with(provider, run -> run.ended(end, Optional.empty(), BEFORE), BEFORE);
  }

  private void write(Scan scan) throws InterruptedException {
    switch (ledger.load(KEY).entry()) {
      case Found.Versioned known -> ledger.commit(Commit.of(known, scan, NOW));
      case Found.Absent absent -> ledger.commit(Commit.of(scan, NOW));
      case Found.Refused refused -> throw new AssertionError("refused");
    }
  }

  private Scan scan() throws InterruptedException {
    assertThat(ledger.load(KEY).entry()).isInstanceOf(Found.Versioned.class);
    return ((Found.Versioned) ledger.load(KEY).entry()).scan();
  }
}
