package dev.mystical.scanner.domain.launch;

import dev.mystical.scanner.domain.retry.Backoff;
import java.time.Duration;

/**
 * How long launches wait for what time alone can mend.
 *
 * @param transport between tries of a call that got no answer
 * @param throttled between tries of a call that came too fast
 * @param capacity between rounds through all places
 * @param ghost after which a task that ECS denies having started would show
 * @param probe how often a closed gate is tried
 * @param forgotten a launch written longer ago than this may have happened under another replica
 */
public record LaunchDelays(
    Backoff transport,
    Backoff throttled,
    Backoff capacity,
    Duration ghost,
    Duration probe,
    Duration forgotten) {
  /**
   * What AWS asks for, in seconds; a task shows "some seconds" after RunTask, see its own notes.
   */
  public static final LaunchDelays STANDARD =
      new LaunchDelays(
          new Backoff(Duration.ofSeconds(4), Duration.ofSeconds(30)),
          new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30)),
          new Backoff(Duration.ofSeconds(15), Duration.ofMinutes(2)),
          Duration.ofSeconds(2),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1));

  public LaunchDelays {
    // Half of a backoff is sure. It lets a task show, so that a search before the repeat finds it.
    if (transport.first().compareTo(ghost.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "a repeat after %s comes before a task shows".formatted(transport.first()));
    }
    if (!probe.isPositive()) {
      throw new IllegalArgumentException("a closed gate tried every " + probe);
    }
  }
}
