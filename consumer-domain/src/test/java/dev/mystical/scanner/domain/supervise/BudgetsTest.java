package dev.mystical.scanner.domain.supervise;

import static dev.mystical.scanner.domain.supervise.Supervised.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Three attempts in all, and five further ones for interruptions by Spot alone. */
class BudgetsTest {
  private final Supervised it = Supervised.launched();
  private int tasks = 1;

  @Test
  void theThirdFailureOfTheInfrastructureIsTheLast() {
    assertThat(fail(this::host)).isTrue();
    assertThat(fail(this::host)).isTrue();
    assertThat(fail(this::host)).isFalse();

    assertThat(it.run().error().map(ScanError::code)).contains(ErrorCode.TASK_LOST);
    assertThat(it.run().error().map(ScanError::retryable)).contains(true);
    assertThat(it.run().attempts())
        .allMatch(attempt -> attempt.course().failure().equals(reasonOf(ErrorCode.TASK_LOST)));
  }

  @Test
  void theSixthInterruptionBySpotIsTheLast() {
    for (int i = 1; i <= 5; i++) {
      assertThat(fail(this::spot)).as("interruption %d", i).isTrue();
    }
    assertThat(fail(this::spot)).isFalse();

    assertThat(it.run().error().map(ScanError::code)).contains(ErrorCode.SPOT_INTERRUPTED);
  }

  @Test
  void theBudgetsAreCountedApart() {
    assertThat(fail(this::spot)).isTrue();
    assertThat(fail(this::host)).isTrue();
    assertThat(fail(this::spot)).isTrue();
    assertThat(fail(this::host)).isTrue();
    assertThat(fail(this::spot)).isTrue();
    assertThat(fail(this::host)).isFalse();

    assertThat(it.run().attempts()).hasSize(6);
  }

  @Test
  void whatIsTheScannersOwnIsNeverRepeated() {
    assertThat(fail(report -> report.exited(2))).isFalse();
    assertThat(it.run().status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void noMemoryAndNoImageAreNeverRepeated() {
    assertThat(fail(report -> report.exited(137, "OutOfMemoryError"))).isFalse();

    Supervised other = Supervised.launched();
    other.look(
        SampleReports.of(TASK)
            .stopped("TaskFailedToStart", "CannotPullContainerError: manifest unknown"));
    assertThat(other.run().error().map(ScanError::code)).contains(ErrorCode.ECS_CONFIG);
  }

  @Test
  void aRetryBeginsWithAWholeBudget() {
    assertThat(fail(this::host)).isTrue();
    assertThat(fail(this::spot)).isTrue();
    assertThat(fail(report -> report.exited(2))).isFalse();
    it.retry();
    launch();

    assertThat(fail(this::host)).isTrue();
    assertThat(fail(this::host)).isTrue();
    assertThat(fail(this::host)).isFalse();
    assertThat(it.run().attempts()).hasSize(6);
    assertThat(it.run().series()).hasSize(3);
  }

  @Test
  void oneAttemptIsOne() {
    AttemptLimits limits = new AttemptLimits(1, 0);

    assertThat(limits.another(it.run(), TaskState.Again.MAYBE)).isFalse();
    assertThat(limits.another(it.run(), TaskState.Again.SPOT)).isFalse();
  }

  @Test
  void thereIsNoRunWithoutAnAttempt() {
    assertThatThrownBy(() -> new AttemptLimits(0, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("attempts 0");
    assertThatThrownBy(() -> new AttemptLimits(1, -1)).hasMessageContaining("spot -1");
  }

  @Test
  void noPauseIsLongerThanTwoMinutes() {
    AttemptLimits limits = new AttemptLimits(100, 0);
    for (int i = 0; i < 20; i++) {
      assertThat(limits.pause(it.run())).isBetween(Duration.ofSeconds(5), Duration.ofMinutes(2));
      launchAnother();
    }
    assertThat(limits.pause(it.run())).isEqualTo(Duration.ofMinutes(2));
  }

  private SampleReports host(SampleReports report) {
    return report.stopped("", "Host EC2 (instance i-1) terminated.");
  }

  private SampleReports spot(SampleReports report) {
    return report.stopped("SpotInterruption", "Your Spot Task was interrupted.");
  }

  /** Whether the run waits for another attempt, which is launched then. */
  private boolean fail(UnaryOperator<SampleReports> end) {
    TaskArn task = it.run().attempts().getLast().task().orElseThrow();
    it.look(end.apply(SampleReports.of(task)));
    boolean again = it.run().waits();
    if (again) {
      launch();
    }
    return again;
  }

  private void launchAnother() {
    it.change(scan ->
        scan.with(
            it.run().provider(), run -> run.requeued(ErrorCode.TASK_LOST, it.now()), it.now()));
    launch();
  }

  private void launch() {
    tasks++;
    it.after(Duration.ofMinutes(10)).launch(new TaskArn("arn:task/" + tasks));
  }

  private static Optional<ErrorCode> reasonOf(ErrorCode code) {
    return Optional.of(code);
  }
}
