package dev.mystical.scanner.domain.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.simulation.MovableClock;
import dev.mystical.scanner.domain.supervise.RunRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class InMemoryScanLedgerTest extends ScanLedgerContract {
  private final InMemoryScanLedger ledger = new InMemoryScanLedger(new MovableClock());

  @Override
  protected ScanLedger ledger() {
    return ledger;
  }

  @Override
  protected List<String> events(ScanKey scan) {
    return ledger.events().stream()
        .filter(event -> event.scan().key().equals(scan))
        .map(event -> event.type().value())
        .toList();
  }

  @Override
  protected Set<ProviderId> timers(ScanKey scan) {
    return ledger.timers().keySet().stream()
        .filter(timer -> timer.scan().equals(scan))
        .map(RunRef::provider)
        .collect(Collectors.toSet());
  }

  @Override
  protected Map<TaskArn, ProviderId> tasks(ScanKey scan) {
    return ledger.tasks().entrySet().stream()
        .filter(task -> task.getValue().scan().equals(scan))
        .collect(Collectors.toMap(Map.Entry::getKey, task -> task.getValue().provider()));
  }

  @Override
  protected void lose() {
    ledger.lose();
  }

  @Override
  protected void reconcile() {
    ledger.reconciled();
  }

  @Override
  protected List<String> outbox(ScanKey scan) {
    return ledger.outbox().stream()
        .filter(entry -> entry.event().scan().key().equals(scan))
        .map(OutboxEntry::id)
        .toList();
  }

  @Override
  protected List<ErrorCode> errors(ScanKey scan) {
    return ledger.errors().stream()
        .filter(error -> error.subject().scan().equals(Optional.of(scan.id())))
        .map(error -> error.code())
        .toList();
  }

  @Test
  void aCallThatIsToFailDoesNothing() throws InterruptedException {
    Scan scan = scan();
    ledger.failNext(1);

    assertThatThrownBy(() -> ledger.commit(Commit.of(scan, MovableClock.START)))
        .isInstanceOf(LedgerUnavailable.class);
    assertThat(ledger.load(scan.key()).entry()).isEqualTo(new Found.Absent());
  }

  @Test
  void anUnansweredCommitIsWritten() throws InterruptedException {
    Scan scan = scan();
    ledger.executeThenFail(1);

    assertThatThrownBy(() -> ledger.commit(Commit.of(scan, MovableClock.START)))
        .isInstanceOf(LedgerUnavailable.class);
    assertThat(ledger.commit(Commit.of(scan, MovableClock.START)))
        .isEqualTo(new CommitResult.Stale(ledger.load(scan.key())));
  }

  private static Scan scan() {
    return SampleScans.queued(
        SampleScans.newKey(), SampleScans.plain(SampleScans.SONAR), MovableClock.START);
  }
}
