package dev.mystical.scanner.domain.supervise;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static dev.mystical.scanner.domain.supervise.Supervised.START;
import static dev.mystical.scanner.domain.supervise.Supervised.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.StopReason;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
  private static final SampleReports ACCEPTED = SampleReports.of(TASK);

  @Test
  void aTaskThatStartsIsWaitedForUntilItsStartDeadline() {
    Supervised it = Supervised.launched().after(Duration.ofMinutes(15).minusMillis(1));

    assertThat(it.look(ACCEPTED)).isInstanceOf(SuperviseStep.LookAgain.class);
    assertThat(it.run().status()).isEqualTo(RunStatus.PROVISIONING);
  }

  @Test
  void aTaskThatDoesNotStartIsStoppedAndTriedAgain() {
    Supervised it = Supervised.launched().after(Duration.ofMinutes(15));

    it.look(ACCEPTED);

    assertThat(it.run().status()).isEqualTo(RunStatus.PENDING);
    assertThat(it.attempt(1).course().failure()).contains(ErrorCode.START_TIMEOUT);
    assertThat(it.attempt(1).course().stop().orElseThrow().reason())
        .isEqualTo(StopReason.START_TIMEOUT);
    assertThat(it.stops()).containsExactly(TASK);
    assertThat(it.told()).singleElement().asString().contains("START_TIMEOUT", "tried again");
  }

  @Test
  void theLastStartTimeoutEndsTheRun() {
    Supervised it = Supervised.launched();
    for (int attempt = 2; attempt <= 3; attempt++) {
      TaskArn before = it.attempt(attempt - 1).task().orElseThrow();
      it.after(Duration.ofMinutes(15)).look(SampleReports.of(before));
      it.after(Duration.ofMinutes(1)).launch(new TaskArn("arn:task/" + attempt));
    }

    it.after(Duration.ofMinutes(15)).look(SampleReports.of(new TaskArn("arn:task/3")));

    assertThat(it.run().status()).isEqualTo(RunStatus.TIMED_OUT);
    assertThat(it.scan().status()).isEqualTo(ScanStatus.TIMED_OUT);
    assertThat(it.run().error().map(ScanError::code)).contains(ErrorCode.START_TIMEOUT);
    assertThat(it.run().watched()).as("its tasks have not stopped").isTrue();
  }

  @Test
  void aTaskThatIsDoomedBeforeItRanHasItsStartDeadlineToo() {
    Supervised it = Supervised.launched().after(Duration.ofMinutes(15));

    it.look(ACCEPTED.status("DEPROVISIONING", "STOPPED"));

    assertThat(it.attempt(1).course().failure()).contains(ErrorCode.START_TIMEOUT);
  }

  @Test
  void theRunIsTimedFromWhenEcsSaysThatItRuns() {
    Supervised it = Supervised.launched().after(Duration.ofMinutes(4));

    it.look(ACCEPTED.running(START.plusSeconds(90)));

    assertThat(it.run().status()).isEqualTo(RunStatus.RUNNING);
    assertThat(it.attempt(1).course().runningAt()).contains(START.plusSeconds(90));
  }

  @Test
  void aStartInTheFutureIsNow() {
    Supervised it = Supervised.launched().after(Duration.ofMinutes(1));

    it.look(ACCEPTED.running(START.plusSeconds(90)));

    assertThat(it.attempt(1).course().runningAt()).contains(it.now());
  }

  @Test
  void aTaskThatRunsTooLongIsTimedOutAndStoppedInOneStep() {
    Supervised it = Supervised.running().after(Duration.ofHours(1));

    it.look(ACCEPTED.running(START));

    assertThat(it.run().status()).isEqualTo(RunStatus.TIMED_OUT);
    assertThat(it.run().error())
        .contains(new ScanError(ErrorCode.RUN_TIMEOUT, "still running after PT1H", false));
    assertThat(it.attempt(1).course().stop().orElseThrow().reason())
        .isEqualTo(StopReason.RUN_TIMEOUT);
    assertThat(it.stops()).containsExactly(TASK);
  }

  @Test
  void aTaskThatRunsIsLeftAloneUntilItsDeadline() {
    Supervised it = Supervised.running().after(Duration.ofHours(1).minusMillis(1));

    assertThat(it.look(ACCEPTED.running(START))).isInstanceOf(SuperviseStep.LookAgain.class);
    assertThat(it.stops()).isEmpty();
  }

  @Test
  void aScansOwnTimeCounts() {
    Supervised it = new Supervised(SampleScans.full()).launch(TASK);
    it.look(ACCEPTED.running(START));

    it.after(Duration.ofMinutes(30)).look(ACCEPTED.running(START));

    assertThat(it.run().error().map(ScanError::message)).contains("still running after PT30M");
    assertThat(it.scan().run(MYSTICAL).status()).isEqualTo(RunStatus.PENDING);
  }

  /** ECS answers from copies that may be behind; one of them must not end a run. */
  @Test
  void aRunThatHasRunDoesNotStartAgain() {
    Supervised it = Supervised.running().after(Duration.ofMinutes(20));

    it.look(ACCEPTED.status("PENDING", "RUNNING"));

    assertThat(it.run().status()).isEqualTo(RunStatus.RUNNING);
    it.at(START.plus(Duration.ofHours(1))).look(ACCEPTED.status("PENDING", "RUNNING"));
    assertThat(it.run().error().map(ScanError::code)).contains(ErrorCode.RUN_TIMEOUT);
  }

  @Test
  void aRunSeenAloneAfterItsDeadlineEndsAtOnce() {
    Supervised it = Supervised.launched().after(Duration.ofHours(2));

    it.look(ACCEPTED.running(START.plusSeconds(60)));

    assertThat(it.run().status()).isEqualTo(RunStatus.TIMED_OUT);
    assertThat(it.attempt(1).course().runningAt()).contains(START.plusSeconds(60));
  }

  @Test
  void aSuccessThatIsSeenLateIsASuccess() {
    Supervised it = Supervised.running().after(Duration.ofHours(3));

    it.look(ACCEPTED.running(START).exited(0));

    assertThat(it.run().status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  /** What went wrong: a replica that came back late judged before it had looked. */
  @Test
  void aSuccessIsNotMissedBecauseTheFirstLateLookIsNotAnswered() {
    Supervised it = Supervised.running().after(Duration.ofMinutes(90));
    it.unanswered();
    assertThat(it.run().status()).isEqualTo(RunStatus.RUNNING);

    it.look(ACCEPTED.running(START).exited(0));

    assertThat(it.run().status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void withoutAnswersARunningTaskIsGivenUpWhenEcsHasForgottenIt() {
    Supervised it = Supervised.running().after(Duration.ofHours(2).minusMillis(1));
    it.unanswered();
    assertThat(it.run().status()).isEqualTo(RunStatus.RUNNING);

    it.after(Duration.ofMillis(1)).unanswered();

    assertThat(it.run().status()).isEqualTo(RunStatus.TIMED_OUT);
    assertThat(it.stops()).containsExactly(TASK);
  }

  /** It may run by now, so it has the time to start and the time to run. */
  @Test
  void withoutAnswersATaskThatWasNeverSeenHasTheTimeThatItWasTold() {
    Supervised it = Supervised.launched().after(Duration.ofMinutes(75 + 60).minusMillis(1));
    it.unanswered();
    assertThat(it.run().status()).isEqualTo(RunStatus.PROVISIONING);

    it.after(Duration.ofMillis(1)).unanswered();

    assertThat(it.run().status()).isEqualTo(RunStatus.TIMED_OUT);
    assertThat(it.run().error().map(ScanError::message))
        .contains("ECS did not tell how task arn:task/1 is");
    assertThat(it.stops()).containsExactly(TASK);
  }

  @Test
  void aRunWhoseMessageIsLostIsTakenUpAMinuteAfterItsQueueTimeout() {
    Supervised pending = new Supervised(SampleScans.plain(SONAR));
    Supervised launching = new Supervised(SampleScans.plain(SONAR)).launching();

    for (Supervised it : new Supervised[] {pending, launching}) {
      it.after(Duration.ofHours(6));
      assertThat(it.wait(it.unanswered())).contains(Duration.ofMinutes(1));
      it.after(Duration.ofMinutes(1));
      assertThat(it.unanswered()).isEqualTo(new SuperviseStep.Relaunch());
    }
  }

  @Test
  void theOtherRunsOfAScanAreNoneOfItsBusiness() {
    Supervised it = new Supervised(SampleScans.full()).launch(TASK).launch(MYSTICAL, TASK);

    it.step(SONAR, new Sights(Map.of(TASK, known(ACCEPTED.exited(1))), Map.of(), false));

    assertThat(it.run().status()).isEqualTo(RunStatus.FAILED);
    assertThat(it.scan().run(MYSTICAL).status()).isEqualTo(RunStatus.PROVISIONING);
    assertThat(it.scan().status()).isEqualTo(ScanStatus.RUNNING);
  }

  private static Sights.Sight known(SampleReports report) {
    return new Sights.Sight.Known(report.report());
  }
}
