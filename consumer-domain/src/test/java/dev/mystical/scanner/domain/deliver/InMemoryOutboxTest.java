package dev.mystical.scanner.domain.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.ledger.InMemoryScanLedger;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InMemoryOutboxTest extends OutboxContract {
  private final MovableClock clock = new MovableClock();
  private final InMemoryScanLedger ledger = new InMemoryScanLedger(clock);
  private final InMemoryOutbox outbox = new InMemoryOutbox(ledger, clock);

  @Override
  protected Outbox outbox() {
    return outbox;
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

  @Override
  protected void loseAll() {
    ledger.lose();
  }

  @Test
  void aCallThatIsToFailDoesNothing() throws InterruptedException {
    end(HOUR);
    outbox.failNext(1);

    assertThatThrownBy(() -> outbox.claim(1, LEASE)).isInstanceOf(LedgerUnavailable.class);
    assertThat(outbox.claim(1, LEASE).webhooks()).hasSize(1);
  }

  @Test
  void aCallThatIsToGoUnansweredDoesItsWork() throws InterruptedException {
    end(HOUR);
    outbox.executeThenFail(1);

    assertThatThrownBy(() -> outbox.claim(1, LEASE)).isInstanceOf(LedgerUnavailable.class);
    assertThat(outbox.claim(1, LEASE).webhooks()).isEmpty();
  }
}
