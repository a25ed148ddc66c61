package dev.mystical.scanner.domain.launch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.retry.Backoff;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LaunchDelaysTest {
  private static final LaunchDelays STANDARD = LaunchDelays.STANDARD;

  @Test
  void aRepeatNeverComesBeforeATaskShows() {
    Backoff hasty = new Backoff(Duration.ofMillis(3_999), Duration.ofSeconds(30));

    assertThatThrownBy(() ->
            new LaunchDelays(
                hasty,
                STANDARD.throttled(),
                STANDARD.capacity(),
                STANDARD.ghost(),
                STANDARD.probe(),
                STANDARD.forgotten()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aClosedGateIsNotTriedAllTheTime() {
    assertThatThrownBy(() ->
            new LaunchDelays(
                STANDARD.transport(),
                STANDARD.throttled(),
                STANDARD.capacity(),
                STANDARD.ghost(),
                Duration.ZERO,
                STANDARD.forgotten()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
