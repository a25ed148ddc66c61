package dev.mystical.scanner.domain.scan;

import java.time.Instant;
import java.util.Optional;

/**
 * A task that has to stop, and how often ECS was asked to see to it. Written before ECS is asked.
 *
 * @param since when it was decided
 * @param tries how often StopTask was to be called by now
 * @param lastTry when it was to be called last
 */
public record Stop(StopReason reason, Instant since, int tries, Optional<Instant> lastTry) {
  public Stop {
    if (tries < 0) {
      throw new IllegalArgumentException("tries " + tries);
    }
  }

  static Stop wanted(StopReason reason, Instant now) {
    return new Stop(reason, now, 0, Optional.empty());
  }

  Stop tried(Instant now) {
    return new Stop(reason, since, tries + 1, Optional.of(now));
  }
}
