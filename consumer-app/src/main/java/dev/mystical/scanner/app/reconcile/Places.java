package dev.mystical.scanner.app.reconcile;

import dev.mystical.scanner.domain.launch.Admission;
import dev.mystical.scanner.domain.reconcile.ReconcileTurns;
import dev.mystical.scanner.domain.supervise.CallPace;
import java.time.Duration;

/**
 * Waits for a place in the shared pace before each call of ECS, and shows meanwhile that this
 * replica is still at it. Used by one thread.
 */
final class Places {
  /** The turn is over: another replica has it, or the ledger was lost meanwhile. */
  static final class TurnLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TurnLost() {
      super("the turn is another replica's by now, or lost with the ledger", null, false, false);
    }
  }

  private interface Ask {
    Admission place() throws InterruptedException;
  }

  private final CallPace pace;
  private final ReconcileTurns turns;
  private final Pause pause;

  Places(CallPace pace, ReconcileTurns turns, Pause pause) {
    this.pace = pace;
    this.turns = turns;
    this.pause = pause;
  }

  void read() throws InterruptedException {
    take(pace::read);
  }

  void stop() throws InterruptedException {
    take(pace::stop);
  }

  void rest(Duration wait) throws InterruptedException {
    keep();
    pause.rest(wait);
    keep();
  }

  /** Throws {@link TurnLost} if what is done from here on would not count. */
  void keep() throws InterruptedException {
    if (!turns.keep()) {
      throw new TurnLost();
    }
  }

  private void take(Ask ask) throws InterruptedException {
    while (true) {
      switch (ask.place()) {
        case Admission.Go(Duration in) -> {
          rest(in);
          return;
        }
        case Admission.Later(Duration again) -> rest(again);
        case Admission.Probe probe -> throw new IllegalStateException("unexpected " + probe);
        case Admission.Closed closed -> throw new IllegalStateException("unexpected " + closed);
      }
    }
  }
}
