package dev.mystical.scanner.domain.reconcile;

import dev.mystical.scanner.domain.ledger.InMemoryScanLedger;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.time.Duration;

class InMemoryReconcileTurnsTest extends ReconcileTurnsContract {
  private final MovableClock clock = new MovableClock();
  private final InMemoryScanLedger ledger = new InMemoryScanLedger(clock);
  private final InMemoryReconcileTurns.Shared shared =
      new InMemoryReconcileTurns.Shared(ledger, clock);

  @Override
  protected ReconcileTurns replica(String name) {
    return new InMemoryReconcileTurns(shared);
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
  protected void lose() {
    shared.lose();
  }
}
