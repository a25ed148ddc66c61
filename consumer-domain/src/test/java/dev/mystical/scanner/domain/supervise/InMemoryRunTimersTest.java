package dev.mystical.scanner.domain.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.ledger.InMemoryScanLedger;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InMemoryRunTimersTest extends RunTimersContract {
  private final MovableClock clock = new MovableClock();
  private final InMemoryScanLedger ledger = new InMemoryScanLedger(clock);
  private final InMemoryRunTimers timers = new InMemoryRunTimers(ledger, clock);

  @Override
  protected RunTimers timers() {
    return timers;
  }

  @Override
  protected ScanLedger ledger() {
    return ledger;
  }

  @Override
  protected void elapse(Duration time) {
    clock.advance(time);
  }

  @Override
  protected void lose(ScanKey scan) {
    ledger.lose(scan);
  }

  @Test
  void aCallThatIsToFailDoesNothing() throws InterruptedException {
    timers.failNext(1);

    assertThatThrownBy(timers::size).isInstanceOf(LedgerUnavailable.class);
    assertThat(timers.size()).isZero();
  }
}
