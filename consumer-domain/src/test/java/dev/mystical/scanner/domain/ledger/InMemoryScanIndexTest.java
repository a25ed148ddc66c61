package dev.mystical.scanner.domain.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.simulation.MovableClock;
import org.junit.jupiter.api.Test;

class InMemoryScanIndexTest extends ScanIndexContract {
  private final InMemoryScanLedger ledger = new InMemoryScanLedger(new MovableClock());
  private final InMemoryScanIndex index = new InMemoryScanIndex(ledger);

  @Override
  protected ScanIndex index() {
    return index;
  }

  @Override
  protected ScanLedger ledger() {
    return ledger;
  }

  @Override
  protected void lose(ScanKey scan) {
    ledger.lose(scan);
  }

  @Test
  void aCallThatIsToFailThrows() throws InterruptedException {
    index.failNext(1);

    assertThatThrownBy(() -> index.list(all(1))).isInstanceOf(LedgerUnavailable.class);
    assertThat(index.list(all(1)).scans()).isEmpty();
  }
}
