package dev.mystical.scanner.domain.supervise;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static dev.mystical.scanner.domain.supervise.Supervised.START;
import static dev.mystical.scanner.domain.supervise.Supervised.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a run is launched again, after a failure that is not its own or at a person's wish. */
class RelaunchTest {
  private static final SampleReports ACCEPTED = SampleReports.of(TASK);
  private static final SampleReports RUNNING = ACCEPTED.running(START);
  private static final SampleReports NO_ROOM =
      ACCEPTED.stopped("TaskFailedToStart", "RESOURCE:MEMORY");

  @Test
  void aTaskThatHasStoppedIsFollowedByAnotherAfterAPause() {
    Supervised it = Supervised.launched();

    assertThat(it.wait(it.look(NO_ROOM))).contains(Duration.ofSeconds(5));
    assertThat(it.run().status()).isEqualTo(RunStatus.PENDING);
    assertThat(it.run().requeue()).isPresent();
    it.after(Duration.ofSeconds(5).minusMillis(1));
    assertThat(it.wait(it.unanswered())).contains(Duration.ofMillis(1));
    it.after(Duration.ofMillis(1));
    assertThat(it.unanswered()).isEqualTo(new SuperviseStep.Relaunch());
  }

  @Test
  void thePauseGrowsWithTheAttempts() {
    Supervised it = Supervised.launched();
    it.look(NO_ROOM);
    TaskArn second = new TaskArn("arn:task/2");
    it.after(Duration.ofSeconds(5)).launch(second);

    assertThat(it.wait(it.look(SampleReports.of(second).stopped("", "Host EC2 (i) terminated."))))
        .contains(Duration.ofSeconds(10));
  }

  @Test
  void itWaitsForTheTaskBeforeItToStop() {
    Supervised it = startTimedOut();

    it.after(Duration.ofMinutes(2));
    assertThat(it.look(ACCEPTED)).isNotEqualTo(new SuperviseStep.Relaunch());
    it.look(ACCEPTED.stopped("UserInitiated", "scanner: start timeout"));

    assertThat(it.look()).isEqualTo(new SuperviseStep.Relaunch());
  }

  /** It was looked for only when the five minutes were over. */
  @Test
  void theStopOfTheTaskBeforeItIsLookedForSoon() {
    Supervised it = startTimedOut();
    Duration longest = Duration.ZERO;
    while (it.now().isBefore(START.plus(Duration.ofMinutes(19)))) {
      Duration wait = it.wait(it.look(ACCEPTED)).orElseThrow();
      longest = wait.compareTo(longest) > 0 ? wait : longest;
      it.after(wait);
    }

    assertThat(longest).isLessThanOrEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void aTaskThatDoesNotStopHoldsItUpForFiveMinutesAlone() {
    Supervised it = startTimedOut();
    it.at(START.plus(Duration.ofMinutes(20)).minusMillis(1)).look(ACCEPTED);
    assertThat(it.look(ACCEPTED)).isInstanceOf(SuperviseStep.LookAgain.class);

    it.after(Duration.ofMillis(1));

    assertThat(it.look(ACCEPTED)).isEqualTo(new SuperviseStep.Relaunch());
  }

  @Test
  void aTaskThatDoesNotStopIsStoppedOnWhileTheNextOneRuns() {
    Supervised it = startTimedOut();
    it.stops();
    TaskArn second = new TaskArn("arn:task/2");
    it.after(Duration.ofMinutes(6)).launch(second);

    assertThat(it.looks().tasks()).extracting(Looks.Task::arn).containsExactly(TASK, second);
    it.look(ACCEPTED, SampleReports.of(second).running(it.now()));

    assertThat(it.run().status()).isEqualTo(RunStatus.RUNNING);
    assertThat(it.stops()).containsExactly(TASK);
  }

  @Test
  void aLaunchThatHasBegunIsGoneOnWithAtOnce() {
    Supervised it = Supervised.launched();
    it.look(NO_ROOM);
    it.after(Duration.ofSeconds(5)).launching();

    assertThat(it.unanswered()).isEqualTo(new SuperviseStep.Relaunch());
  }

  @Test
  void aRunOfAScanWhoseOtherRunHasEndedIsTriedAgainAsWell() {
    Supervised it = new Supervised(SampleScans.full()).launch(TASK);
    it.change(scan -> SampleScans.failed(scan, MYSTICAL, ErrorCode.ECS_CONFIG, START));

    it.look(NO_ROOM);

    assertThat(it.run().status()).isEqualTo(RunStatus.PENDING);
    assertThat(it.scan().status()).isEqualTo(ScanStatus.RUNNING);
    assertThat(it.scan().run(MYSTICAL).status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void aRetryWaitsForTheTaskThatIsStillStopping() {
    Supervised it = Supervised.running().after(Duration.ofHours(1));
    it.look(RUNNING);
    it.after(Duration.ofSeconds(10)).retry();

    it.after(Duration.ofSeconds(30));
    assertThat(it.look(RUNNING)).isNotEqualTo(new SuperviseStep.Relaunch());
    it.look(RUNNING.exited(143).stopped("UserInitiated", "scanner: run timeout"));
    assertThat(it.look()).isEqualTo(new SuperviseStep.Relaunch());
  }

  /** Its last attempt was taken for one that is being launched, and nobody looked for its task. */
  @Test
  void aRetryWaitsForTheSearchOfALaunchThatWasCancelled() {
    Supervised it = new Supervised(SampleScans.plain(SONAR)).launching();
    it.cancel();
    it.after(Duration.ofSeconds(2)).retry();

    assertThat(it.looks().searches()).extracting(Attempt::number).containsExactly(1);
    it.after(Duration.ofMinutes(1));
    assertThat(it.search(1)).isInstanceOf(SuperviseStep.LookAgain.class);
    it.search(1, TASK);
    assertThat(it.stops()).containsExactly(TASK);
    it.look(RUNNING.exited(143).stopped("UserInitiated", "scanner: cancelled"));
    assertThat(it.look()).isEqualTo(new SuperviseStep.Relaunch());
  }

  @Test
  void aRetriedRunIsLaunchedAfterAMoment() {
    Supervised it = Supervised.launched();
    it.look(ACCEPTED.exited(1));
    it.retry();

    assertThat(it.wait(it.unanswered())).contains(Duration.ofSeconds(5));
    it.after(Duration.ofSeconds(5));
    assertThat(it.unanswered()).isEqualTo(new SuperviseStep.Relaunch());
  }

  private static Supervised startTimedOut() {
    Supervised it = Supervised.launched().after(Duration.ofMinutes(15));
    it.look(ACCEPTED);
    assertThat(it.run().status()).isEqualTo(RunStatus.PENDING);
    return it;
  }

  @Test
  void aSightOfAnotherScansTaskIsNoSightOfItsOwn() {
    Supervised it = Supervised.launched();
    SampleReports other = SampleReports.of(new TaskArn("arn:task/other"));

    it.step(
        SONAR,
        new Sights(
            Map.of(other.report().arn(), new Sights.Sight.Known(other.exited(0).report())),
            Map.of(7, List.of()),
            false));

    assertThat(it.run().status()).isEqualTo(RunStatus.PROVISIONING);
  }
}
