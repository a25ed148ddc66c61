package dev.mystical.scanner.domain.launch;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link LaunchPace} promises. */
public abstract class LaunchPaceContract {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(200);

  /** For the adapters' tests. */
  protected LaunchPaceContract() {}

  /**
   * The pace under test: so many calls a second and so many at once, unused and with all gates open
   * at the start of each test. Asked for once a test.
   */
  protected abstract LaunchPace pace(int rate, int burst) throws InterruptedException;

  /** Lets that time pass for the pace: less than a second, really or by its clock. */
  protected abstract void elapse(Duration time) throws InterruptedException;

  @Test
  void aBurstGoesAtOnce() throws InterruptedException {
    LaunchPace pace = pace(1, 3);
    for (int i = 0; i < 3; i++) {
      assertThat(pace.admit(SONAR)).isEqualTo(new Admission.Go(Duration.ZERO));
    }
  }

  @Test
  void afterTheBurstEachCallHasItsOwnPlace() throws InterruptedException {
    LaunchPace pace = pace(1, 1);
    pace.admit(SONAR);

    Duration second = wait(pace.admit(SONAR));
    Duration third = wait(pace.admit(MYSTICAL));

    assertThat(second).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(third).isGreaterThan(second).isLessThanOrEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void manyThreadsShareTheBurst() throws InterruptedException, ExecutionException {
    LaunchPace pace = pace(1, 4);
    Callable<Admission> call = () -> pace.admit(SONAR);
    List<Admission> admissions = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Admission> future : threads.invokeAll(Collections.nCopies(8, call))) {
        admissions.add(future.get());
      }
    }

    assertThat(admissions).filteredOn(it -> wait(it).isZero()).hasSizeBetween(4, 5);
  }

  @Test
  void closingTellsWhetherTheGateWasOpen() throws InterruptedException {
    LaunchPace pace = pace(20, 20);

    assertThat(pace.close(Gate.QUOTA, LONG)).isTrue();
    assertThat(pace.close(Gate.QUOTA, LONG)).isFalse();
  }

  @Test
  void openingTellsWhetherTheGateWasClosed() throws InterruptedException {
    LaunchPace pace = pace(20, 20);
    pace.close(Gate.QUOTA, LONG);

    assertThat(pace.open(Gate.QUOTA)).isTrue();
    assertThat(pace.open(Gate.QUOTA)).isFalse();
  }

  @Test
  void theQuotaGateStopsAllProviders() throws InterruptedException {
    LaunchPace pace = pace(20, 20);
    pace.close(Gate.QUOTA, LONG);

    assertClosed(pace.admit(SONAR), Gate.QUOTA);
    assertClosed(pace.admit(MYSTICAL), Gate.QUOTA);
  }

  @Test
  void aProvidersGateStopsThatProviderAlone() throws InterruptedException {
    LaunchPace pace = pace(20, 20);
    pace.close(Gate.of(SONAR), LONG);

    assertClosed(pace.admit(SONAR), Gate.of(SONAR));
    assertThat(pace.admit(MYSTICAL)).isEqualTo(new Admission.Go(Duration.ZERO));
  }

  @Test
  void anOpenedGateLetsCallsThrough() throws InterruptedException {
    LaunchPace pace = pace(20, 20);
    pace.close(Gate.of(SONAR), LONG);
    pace.open(Gate.of(SONAR));

    assertThat(pace.admit(SONAR)).isEqualTo(new Admission.Go(Duration.ZERO));
  }

  @Test
  void aClosedGateIsProbedByOneCallAtATime() throws InterruptedException {
    LaunchPace pace = pace(20, 20);
    pace.close(Gate.of(SONAR), SHORT);
    elapse(SHORT.plusMillis(50));

    Admission probe = pace.admit(SONAR);

    assertThat(probe).isInstanceOf(Admission.Probe.class);
    assertThat(((Admission.Probe) probe).gates()).containsExactly(Gate.of(SONAR));
    assertThat(pace.admit(SONAR)).isInstanceOf(Admission.Closed.class);
  }

  @Test
  void aProbeThatFailedIsFollowedByAnother() throws InterruptedException {
    LaunchPace pace = pace(20, 20);
    pace.close(Gate.QUOTA, SHORT);
    elapse(SHORT.plusMillis(50));
    pace.admit(SONAR);
    assertThat(pace.close(Gate.QUOTA, SHORT)).isFalse();
    elapse(SHORT.plusMillis(50));

    assertThat(pace.admit(SONAR)).isInstanceOf(Admission.Probe.class);
  }

  @Test
  void aProbeTriesEveryGateInItsWay() throws InterruptedException {
    LaunchPace pace = pace(20, 20);
    pace.close(Gate.of(SONAR), SHORT);
    pace.close(Gate.QUOTA, SHORT);
    elapse(SHORT.plusMillis(50));

    Admission probe = pace.admit(SONAR);

    assertThat(probe).isInstanceOf(Admission.Probe.class);
    assertThat(((Admission.Probe) probe).gates())
        .containsExactlyInAnyOrder(Gate.QUOTA, Gate.of(SONAR));
  }

  @Test
  void noGateIsTriedWhileAnotherOneStaysShut() throws InterruptedException {
    LaunchPace pace = pace(20, 20);
    pace.close(Gate.QUOTA, SHORT);
    pace.close(Gate.of(SONAR), LONG);
    elapse(SHORT.plusMillis(50));

    assertClosed(pace.admit(SONAR), Gate.of(SONAR));
  }

  @Test
  void aCallOnAnInterruptedThreadIsLeft() throws InterruptedException {
    LaunchPace pace = pace(20, 20);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> pace.admit(SONAR)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private static void assertClosed(Admission admission, Gate gate) {
    assertThat(admission).isInstanceOf(Admission.Closed.class);
    Admission.Closed closed = (Admission.Closed) admission;
    assertThat(closed.gate()).isEqualTo(gate);
    // Zero would make a worker that asks again at once turn in a circle.
    assertThat(closed.again()).isPositive().isLessThanOrEqualTo(LONG);
  }

  private static Duration wait(Admission admission) {
    return switch (admission) {
      case Admission.Go(Duration in) -> in;
      case Admission.Probe probe -> throw new AssertionError("unexpected " + probe);
      case Admission.Later later -> throw new AssertionError("unexpected " + later);
      case Admission.Closed closed -> throw new AssertionError("unexpected " + closed);
    };
  }
}
