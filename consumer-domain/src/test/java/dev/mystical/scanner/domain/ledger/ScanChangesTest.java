package dev.mystical.scanner.domain.ledger;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScanChangesTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

  private final InMemoryScanLedger ledger = new InMemoryScanLedger(() -> NOW);
  private final ScanChanges changes = new ScanChanges(ledger);
  private final ScanKey key = SampleScans.newKey();

  @Test
  void cancelEndsAScanAndTellsIt() throws InterruptedException {
    note(queued());

    assertThat(changes.change(key, ScanChanges.Wish.CANCEL))
        .isInstanceOfSatisfying(
            ScanChanges.Outcome.Changed.class,
            it -> assertThat(it.scan().status()).isEqualTo(ScanStatus.CANCELLED));
    assertThat(stored().status()).isEqualTo(ScanStatus.CANCELLED);
    assertThat(ledger.events())
        .extracting(ScanEvent::type)
        .contains(ScanEvent.Type.RUN_ENDED, ScanEvent.Type.SCAN_ENDED);
  }

  @Test
  void anEndedScanCannotBeCancelled() throws InterruptedException {
    Scan ended = queued().cancelled(NOW);
    note(ended);

    assertThat(changes.change(key, ScanChanges.Wish.CANCEL))
        .isEqualTo(new ScanChanges.Outcome.Unfit(ended));
  }

  @Test
  void retryBeginsAnotherSeries() throws InterruptedException {
    note(queued().cancelled(NOW));

    assertThat(changes.change(key, ScanChanges.Wish.RETRY))
        .isInstanceOf(ScanChanges.Outcome.Changed.class);
    assertThat(stored().series()).isEqualTo(1);
    assertThat(stored().status()).isEqualTo(ScanStatus.RUNNING);
  }

  @Test
  void aScanThatHasNotEndedCannotBeRetried() throws InterruptedException {
    note(queued());

    assertThat(changes.change(key, ScanChanges.Wish.RETRY))
        .isInstanceOf(ScanChanges.Outcome.Unfit.class);
  }

  @Test
  void thereMustBeAScan() throws InterruptedException {
    assertThat(changes.change(key, ScanChanges.Wish.CANCEL))
        .isEqualTo(new ScanChanges.Outcome.Absent());

    RefusedScan refused =
        new RefusedScan(key, new ScanError(ErrorCode.MESSAGE_INVALID, "no", false), NOW);
    ledger.settle(
        new MessageId("m-1"),
        Optional.of(refused),
        ErrorEvent.error(ErrorCode.MESSAGE_INVALID, Stage.DECODE, Subject.of(key), "no"));
    assertThat(changes.change(key, ScanChanges.Wish.RETRY))
        .isEqualTo(new ScanChanges.Outcome.Refused(refused));
  }

  @Test
  void whoeverWroteFirstIsNotOverwritten() throws InterruptedException {
    note(queued());
    Rival rival = new Rival(1);

    assertThat(new ScanChanges(rival).change(key, ScanChanges.Wish.CANCEL))
        .isInstanceOfSatisfying(
            ScanChanges.Outcome.Changed.class,
            it ->
                assertThat(it.scan().run(SONAR).error())
                    .as("what the rival wrote")
                    .map(ScanError::code)
                    .contains(ErrorCode.TASK_FAILED));
  }

  @Test
  void aScanThatChangesAllTheTimeIsGivenUp() throws InterruptedException {
    note(queued());

    assertThat(new ScanChanges(new Rival(Integer.MAX_VALUE)).change(key, ScanChanges.Wish.CANCEL))
        .isEqualTo(new ScanChanges.Outcome.Contended());
  }

  @Test
  void aLedgerThatIsAwaySaysSo() throws InterruptedException {
    note(queued());
    ledger.failNext(1);

    assertThatThrownBy(() -> changes.change(key, ScanChanges.Wish.CANCEL))
        .isInstanceOf(LedgerUnavailable.class);
  }

  private Scan queued() {
    return SampleScans.queued(key, SampleScans.plain(SONAR, MYSTICAL), NOW);
  }

  private void note(Scan scan) throws InterruptedException {
    assertThat(ledger.commit(Commit.of(scan, NOW))).isInstanceOf(CommitResult.Committed.class);
  }

  private Scan stored() throws InterruptedException {
    return ((Found.Versioned) ledger.load(key).entry()).scan();
  }

  /** Writes the same scan between each load and the commit that follows it. */
  private final class Rival implements ScanLedger {
    private int times;

    private Rival(int times) {
      this.times = times;
    }

    @Override
    public CommitResult commit(Commit commit) throws InterruptedException {
      if (times-- > 0) {
        Found.Versioned now = (Found.Versioned) ledger.load(key).entry();
        Scan other =
            now.scan().run(SONAR).status().ended()
                ? now.scan()
                : SampleScans.failed(now.scan(), SONAR, ErrorCode.TASK_FAILED, NOW);
        ledger.commit(Commit.of(now, other, NOW));
      }
      return ledger.commit(commit);
    }

    @Override
    public Found load(ScanKey wanted) throws InterruptedException {
      return ledger.load(wanted);
    }

    @Override
    public Map<ScanKey, Found> loadAll(Collection<ScanKey> keys) throws InterruptedException {
      return ledger.loadAll(keys);
    }

    @Override
    public boolean settled(MessageId message) throws InterruptedException {
      return ledger.settled(message);
    }

    @Override
    public void settle(MessageId message, Optional<RefusedScan> scan, ErrorEvent why)
        throws InterruptedException {
      ledger.settle(message, scan, why);
    }

    @Override
    public boolean reopen(ScanKey wanted) throws InterruptedException {
      return ledger.reopen(wanted);
    }
  }
}
