package dev.mystical.scanner.domain.launch;

import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.simulation.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InMemoryLaunchPaceTest extends LaunchPaceContract {
  private final MovableClock clock = new MovableClock();

  @Override
  protected LaunchPace pace(int rate, int burst) {
    return new InMemoryLaunchPace(clock, rate, burst);
  }

  @Override
  protected void elapse(Duration time) {
    clock.advance(time);
  }

  @Test
  void theBurstFillsUpAgainAtTheRate() throws InterruptedException {
    LaunchPace pace = pace(2, 2);
    pace.admit(SONAR);
    pace.admit(SONAR);
    assertThat(pace.admit(SONAR)).isEqualTo(new Admission.Go(Duration.ofMillis(500)));
    clock.advance(Duration.ofSeconds(10));
    assertThat(pace.admit(SONAR)).isEqualTo(new Admission.Go(Duration.ZERO));
    assertThat(pace.admit(SONAR)).isEqualTo(new Admission.Go(Duration.ZERO));
    assertThat(pace.admit(SONAR)).isEqualTo(new Admission.Go(Duration.ofMillis(500)));
  }
}
