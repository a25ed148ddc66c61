package dev.mystical.scanner.domain.deliver;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * When a webhook that did not arrive is tried again. It is given up only when every delay was used
 * up <em>and</em> the patience is over: a receiver gets its whole time although tries are quick at
 * first, and all its tries although this server was down for days.
 *
 * @param delays after the first try, the second, and so on; the last one repeats
 * @param patience how long, from the first try on, a webhook is never given up
 */
public record DeliverySchedule(List<Duration> delays, Duration patience) {
  /** What receivers are used to, over three days. */
  public static final DeliverySchedule STANDARD =
      new DeliverySchedule(
          List.of(
              Duration.ofSeconds(5),
              Duration.ofMinutes(5),
              Duration.ofMinutes(30),
              Duration.ofHours(2),
              Duration.ofHours(5),
              Duration.ofHours(10),
              Duration.ofHours(10),
              Duration.ofHours(10),
              Duration.ofHours(10),
              Duration.ofHours(10),
              Duration.ofHours(10),
              Duration.ofHours(10)),
          Duration.ofDays(3));

  // A receiver that comes back must not get everything it missed in one moment.
  private static final double JITTER = 0.2;

  public DeliverySchedule {
    delays = List.copyOf(delays);
    if (delays.isEmpty() || delays.stream().anyMatch(delay -> delay.toMillis() < 1)) {
      throw new IllegalArgumentException("delays between tries: " + delays);
    }
    if (patience.isNegative()) {
      throw new IllegalArgumentException("a patience of " + patience);
    }
  }

  /** What follows a try in vain. */
  public sealed interface Next {
    /** Another try, then. */
    record AgainAt(Instant at) implements Next {}

    /** No more tries. */
    record GiveUp() implements Next {}
  }

  /**
   * What follows so many tries in vain, this one counted.
   *
   * @param first when the first of them was
   */
  public Next next(int tries, Instant first, Instant now, RandomGenerator random) {
    if (tries < 1) {
      throw new IllegalArgumentException("a try in vain cannot be number " + tries);
    }
    if (tries > delays.size() && !now.isBefore(first.plus(patience))) {
      return new Next.GiveUp();
    }
    long delay = delays.get(Math.min(tries, delays.size()) - 1).toMillis();
    long jitter = (long) (random.nextDouble() * JITTER * delay);
    return new Next.AgainAt(now.plusMillis(delay + jitter));
  }

  /** The longest of the delays. */
  Duration longest() {
    return delays.stream().max(Duration::compareTo).orElseThrow();
  }
}
