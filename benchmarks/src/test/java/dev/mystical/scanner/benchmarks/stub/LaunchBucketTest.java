package dev.mystical.scanner.benchmarks.stub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.simulation.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LaunchBucketTest {
  @Test
  void twentyAtOnceAndTwentyMoreASecond() {
    MovableClock clock = new MovableClock();
    LaunchBucket bucket = new LaunchBucket(clock);

    assertThat(taken(bucket)).isEqualTo(20);
    clock.advance(Duration.ofMillis(500));
    assertThat(taken(bucket)).isEqualTo(10);
    clock.advance(Duration.ofHours(1));
    assertThat(taken(bucket)).isEqualTo(20);
  }

  private static int taken(LaunchBucket bucket) {
    int taken = 0;
    while (bucket.take()) {
      taken++;
    }
    return taken;
  }
}
