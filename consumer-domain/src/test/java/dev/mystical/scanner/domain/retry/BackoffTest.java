package dev.mystical.scanner.domain.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.simulation.Seeds;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void eachDelayLiesBetweenHalfAndAllOfItsStep() {
    Seeds.check(
        2_000,
        random -> {
          long first = 1L + random.nextInt(5_000);
          long ceiling = first + random.nextInt(100_000);
          int tries = random.nextInt(40);
          long full = Math.min(ceiling, first << Math.min(tries, 20));
          Duration delay =
              new Backoff(Duration.ofMillis(first), Duration.ofMillis(ceiling))
                  .delay(tries, random);
          assertThat(delay.toMillis()).isBetween((full + 1) / 2, full);
        });
  }

  @Test
  void noDelayIsEverZeroOrAboveTheCeiling() {
    Seeds.check(
        500,
        random -> {
          Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofSeconds(30));
          int tries = random.nextInt();
          assertThat(backoff.delay(tries, random))
              .isPositive()
              .isLessThanOrEqualTo(Duration.ofSeconds(30));
        });
  }

  @Test
  void aFirstDelayBelowAMillisecondIsRefused() {
    for (Duration first :
        new Duration[] {Duration.ZERO, Duration.ofMillis(-1), Duration.ofNanos(1)}) {
      assertThatThrownBy(() -> new Backoff(first, Duration.ofSeconds(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(first.toString());
    }
  }

  @Test
  void aCeilingBelowTheFirstDelayIsRefused() {
    assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
