package dev.mystical.scanner.domain.supervise;

import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.launch.Admission;
import dev.mystical.scanner.domain.launch.Gate;
import dev.mystical.scanner.domain.launch.LaunchPace;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every {@link CallPace} promises. */
public abstract class CallPaceContract {
  private static final Admission AT_ONCE = new Admission.Go(Duration.ZERO);

  /** Both paces of one server. */
  public record Paces(LaunchPace launches, CallPace calls) {}

  /** For the adapters' tests. */
  protected CallPaceContract() {}

  /**
   * The pace under test, and that of launches beside it: so many of these a second and so many at
   * once, unused and with all gates open at the start of each test. Asked for once a test.
   */
  protected abstract Paces paces(int rate, int burst) throws InterruptedException;

  @Test
  void fiveReadsGoAtOnceAndThenFiveASecond() throws InterruptedException {
    CallPace calls = paces(1, 1).calls();
    for (int i = 0; i < 5; i++) {
      assertThat(calls.read()).isEqualTo(AT_ONCE);
    }

    Duration sixth = wait(calls.read());
    Duration seventh = wait(calls.read());

    assertThat(sixth).isPositive().isLessThanOrEqualTo(Duration.ofMillis(200));
    assertThat(seventh).isGreaterThan(sixth).isLessThanOrEqualTo(Duration.ofMillis(400));
  }

  @Test
  void stopsAndLaunchesHaveTheirPlacesInOneRow() throws InterruptedException {
    Paces paces = paces(1, 2);
    assertThat(paces.launches().admit(SONAR)).isEqualTo(AT_ONCE);
    assertThat(paces.calls().stop()).isEqualTo(AT_ONCE);

    Duration stop = wait(paces.calls().stop());
    Duration launch = wait(paces.launches().admit(SONAR));

    assertThat(stop).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(launch).isGreaterThan(stop).isLessThanOrEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void readsTakeNoPlaceOfStops() throws InterruptedException {
    Paces paces = paces(1, 1);
    for (int i = 0; i < 10; i++) {
      paces.calls().read();
    }

    assertThat(paces.calls().stop()).isEqualTo(AT_ONCE);
  }

  @Test
  void aClosedGateHoldsUpNoStop() throws InterruptedException {
    Paces paces = paces(1, 1);
    paces.launches().close(Gate.QUOTA, Duration.ofHours(1));
    paces.launches().close(Gate.of(SONAR), Duration.ofHours(1));

    assertThat(paces.calls().stop()).isEqualTo(AT_ONCE);
  }

  @Test
  void aCallOnAnInterruptedThreadIsLeft() throws InterruptedException {
    CallPace calls = paces(1, 1).calls();
    Thread.currentThread().interrupt();

    assertThatThrownBy(calls::read).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private static Duration wait(Admission admission) {
    assertThat(admission).isInstanceOf(Admission.Go.class);
    return ((Admission.Go) admission).in();
  }
}
