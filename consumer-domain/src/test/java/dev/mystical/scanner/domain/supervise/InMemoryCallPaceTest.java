package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.launch.InMemoryLaunchPace;
import dev.mystical.scanner.domain.simulation.MovableClock;

class InMemoryCallPaceTest extends CallPaceContract {
  private final MovableClock clock = new MovableClock();

  @Override
  protected Paces paces(int rate, int burst) {
    InMemoryLaunchPace launches = new InMemoryLaunchPace(clock, rate, burst);
    return new Paces(launches, new InMemoryCallPace(launches, clock));
  }
}
