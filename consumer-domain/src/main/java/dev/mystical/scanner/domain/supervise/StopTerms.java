package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.retry.Backoff;
import dev.mystical.scanner.domain.scan.Stop;
import dev.mystical.scanner.domain.scan.StopReason;
import java.time.Duration;
import java.time.Instant;

/** When ECS is asked to stop a task, and when people are told that it does not. */
final class StopTerms {
  /** How long a task may take to stop: its own grace is two minutes at most (stopTimeout). */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Backoff AGAIN = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(5));

  /** After some five minutes, and then about once an hour. */
  private static final int FIRST_TOLD = 6;

  private static final int TOLD_EVERY = 12;

  private StopTerms() {}

  /** When StopTask is called next. */
  static Instant due(Stop stop) {
    return stop.lastTry()
        .map(last -> last.plus(AGAIN.ceilingOf(stop.tries() - 1)))
        .orElseGet(() ->
            stop.reason() == StopReason.LINGERING ? stop.since().plus(PATIENCE) : stop.since());
  }

  /** Whether this try is one that people hear of. */
  static boolean told(Stop stop) {
    return stop.tries() >= FIRST_TOLD && (stop.tries() - FIRST_TOLD) % TOLD_EVERY == 0;
  }
}
