package dev.mystical.scanner.domain.supervise;

import static dev.mystical.scanner.domain.supervise.Supervised.START;
import static dev.mystical.scanner.domain.supervise.Supervised.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.ScanError;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What it means that ECS denies a task, which it also does of tasks that it has just accepted. */
class MissingTaskTest {
  private static final SampleReports ACCEPTED = SampleReports.of(TASK);

  @Test
  void withinFiveMinutesOfItsLaunchItMeansNothing() {
    Supervised it = Supervised.launched().after(Duration.ofMinutes(5).minusMillis(1));

    assertThat(it.lookInVain(TASK)).isInstanceOf(SuperviseStep.LookAgain.class);
    assertThat(it.attempt(1).course().missingSince()).isEmpty();
  }

  @Test
  void afterwardsItIsInDoubt() {
    Supervised it = Supervised.launched().after(Duration.ofMinutes(5));

    it.lookInVain(TASK);

    assertThat(it.attempt(1).course().missingSince()).contains(it.now());
    assertThat(it.run().status()).isEqualTo(RunStatus.PROVISIONING);
    assertThat(it.told()).isEmpty();
  }

  @Test
  void itMayComeBack() {
    Supervised it = Supervised.running().after(Duration.ofMinutes(10));
    it.lookInVain(TASK);
    it.after(Duration.ofMinutes(4)).lookInVain(TASK);

    it.after(Duration.ofSeconds(1)).look(ACCEPTED.running(START));
    assertThat(it.attempt(1).course().missingSince()).isEmpty();

    it.after(Duration.ofMinutes(4)).lookInVain(TASK);
    assertThat(it.attempt(1).course().missingSince()).contains(it.now());
    assertThat(it.run().status()).isEqualTo(RunStatus.RUNNING);
  }

  /** It had no time to start; ECS would still show it, had it run and stopped. */
  @Test
  void oneThatNeverShowsIsAStartThatTookTooLong() {
    Supervised it = Supervised.launched().after(Duration.ofMinutes(6));
    it.lookInVain(TASK);
    it.at(START.plus(Duration.ofMinutes(15)).minusMillis(1)).lookInVain(TASK);
    assertThat(it.run().status()).isEqualTo(RunStatus.PROVISIONING);

    it.after(Duration.ofMillis(1)).lookInVain(TASK);

    assertThat(it.attempt(1).course().failure()).contains(ErrorCode.START_TIMEOUT);
    assertThat(it.run().status()).isEqualTo(RunStatus.PENDING);
    assertThat(it.attempt(1).over()).as("nothing of it is left to be stopped").isTrue();
    assertThat(it.stops()).isEmpty();
  }

  /** It may have run and stopped while nobody looked: another attempt could do its work twice. */
  @Test
  void oneThatNobodyLookedAtForAnHourIsLostForGood() {
    Supervised it = Supervised.launched().after(Duration.ofHours(3));
    it.lookInVain(TASK);
    it.after(Duration.ofMinutes(5).minusMillis(1)).lookInVain(TASK);
    assertThat(it.run().status()).as("five minutes of doubt").isEqualTo(RunStatus.PROVISIONING);

    it.after(Duration.ofMillis(1)).lookInVain(TASK);

    assertThat(it.run().status()).isEqualTo(RunStatus.FAILED);
    assertThat(it.run().error().map(ScanError::code)).contains(ErrorCode.TASK_LOST);
    assertThat(it.run().watched()).isFalse();
  }

  @Test
  void oneThatRanAndWasNotLookedAtForAnHourIsLost() {
    Supervised it = Supervised.running().after(Duration.ofHours(3));
    it.lookInVain(TASK);

    it.after(Duration.ofMinutes(5)).lookInVain(TASK);

    assertThat(it.run().error().map(ScanError::code)).contains(ErrorCode.TASK_LOST);
  }

  /** DescribeTasks shows stopped tasks for an hour, so ECS errs if it denies one sooner. */
  @Test
  void oneThatMayHaveBeenSeenAMomentAgoIsNotLostBeforeAnHourOfDenial() {
    Supervised it = new Supervised(Supervised.request(Duration.ofHours(12))).launch(TASK);
    it.look(ACCEPTED.running(START));
    it.after(Duration.ofHours(3)).lookInVain(TASK);
    it.after(Duration.ofHours(1).minusMillis(1)).lookInVain(TASK);
    assertThat(it.run().status()).isEqualTo(RunStatus.RUNNING);

    it.after(Duration.ofMillis(1)).lookInVain(TASK);

    assertThat(it.run().error().map(ScanError::code)).contains(ErrorCode.TASK_LOST);
  }

  @Test
  void oneThatIsDeniedIsWaitedForUntilItsDeadline() {
    Supervised it = new Supervised(Supervised.request(Duration.ofMinutes(30))).launch(TASK);
    it.look(ACCEPTED.running(START));
    it.after(Duration.ofMinutes(20)).lookInVain(TASK);
    it.at(START.plus(Duration.ofMinutes(30)).minusMillis(1)).lookInVain(TASK);
    assertThat(it.run().status()).isEqualTo(RunStatus.RUNNING);

    it.after(Duration.ofMillis(1)).lookInVain(TASK);

    assertThat(it.run().status()).isEqualTo(RunStatus.TIMED_OUT);
    assertThat(it.run().error().map(ScanError::code)).contains(ErrorCode.RUN_TIMEOUT);
  }

  @Test
  void noAnswerIsNoDenial() {
    Supervised it = Supervised.running().after(Duration.ofMinutes(20));

    assertThat(it.unanswered()).isInstanceOf(SuperviseStep.LookAgain.class);
    assertThat(it.attempt(1).course().missingSince()).isEmpty();
  }

  @Test
  void oneDenialDoesNotEndTheWatchOfATaskThatHasToStop() {
    Supervised it = Supervised.running().after(Duration.ofMinutes(20));
    it.cancel();

    it.lookInVain(TASK);
    assertThat(it.attempt(1).over()).isFalse();
    assertThat(it.stops()).as("it is asked to stop all the same").containsExactly(TASK);

    it.after(Duration.ofMinutes(5)).lookInVain(TASK);
    assertThat(it.attempt(1).over()).isTrue();
    assertThat(it.run().watched()).isFalse();
  }
}
