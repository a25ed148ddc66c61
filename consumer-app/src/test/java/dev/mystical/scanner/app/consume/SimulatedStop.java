package dev.mystical.scanner.app.consume;

import dev.mystical.scanner.app.loop.StopSignal;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.time.Duration;
import java.util.function.Consumer;

/** A stop signal whose waits move the clock instead of taking time. Used by one thread. */
final class SimulatedStop implements StopSignal {
  private final MovableClock clock;
  private Consumer<Integer> duringWait = number -> {};
  private boolean asked;
  private int waits;

  SimulatedStop(MovableClock clock) {
    this.clock = clock;
  }

  void ask() {
    asked = true;
  }

  /** Happens within each wait, which is told its number from 1. */
  void duringWait(Consumer<Integer> event) {
    duringWait = event;
  }

  int waits() {
    return waits;
  }

  @Override
  public boolean asked() {
    return asked;
  }

  @Override
  public boolean within(Duration wait) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    waits++;
    clock.advance(wait);
    duringWait.accept(waits);
    return asked;
  }
}
