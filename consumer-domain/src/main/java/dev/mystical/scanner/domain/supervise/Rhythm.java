package dev.mystical.scanner.domain.supervise;

import java.time.Duration;
import java.time.Instant;

/**
 * How often a task is looked at: a young one often, since most of what fails fails early, and a
 * steady one seldom. While events flow they bring the news, and looks only make up for lost ones.
 *
 * <p>Looks fall on a grid of whole steps, so that runs that are due at about the same time are due
 * at the same time, and one call serves a hundred of them.
 */
final class Rhythm {
  private static final Duration YOUNG = Duration.ofSeconds(20);
  private static final Duration GROWN = Duration.ofMinutes(2);

  private Rhythm() {}

  /**
   * When to look again.
   *
   * @param since when what is waited for began
   * @param deadline when a look is needed at the latest
   */
  static Instant next(Instant since, boolean eventsFlow, Instant deadline, Instant now) {
    Instant next = onGrid(now, interval(Duration.between(since, now), eventsFlow));
    return deadline.isAfter(now) && deadline.isBefore(next) ? deadline : next;
  }

  private static Duration interval(Duration age, boolean eventsFlow) {
    if (eventsFlow) {
      return Duration.ofSeconds(60);
    }
    if (age.compareTo(YOUNG) < 0) {
      return Duration.ofSeconds(2);
    }
    return Duration.ofSeconds(age.compareTo(GROWN) < 0 ? 5 : 15);
  }

  /** The next multiple of half the interval that is more than that half away. */
  private static Instant onGrid(Instant now, Duration interval) {
    long step = interval.toMillis() / 2;
    long earliest = now.toEpochMilli() + step;
    return Instant.ofEpochMilli((earliest / step + 1) * step);
  }
}
