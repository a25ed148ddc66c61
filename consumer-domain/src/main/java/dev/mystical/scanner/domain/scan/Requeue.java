package dev.mystical.scanner.domain.scan;

import java.time.Instant;

/**
 * That a run is launched again, by the supervisor and no longer through its message.
 *
 * @param since when it began to wait for its next launch
 * @param firstAttempt the number of the first attempt that counts against the budget: what came
 *     before belongs to a series that had ended
 */
public record Requeue(Instant since, int firstAttempt) {
  public Requeue {
    if (firstAttempt < 1) {
      throw new IllegalArgumentException("firstAttempt " + firstAttempt);
    }
  }
}
