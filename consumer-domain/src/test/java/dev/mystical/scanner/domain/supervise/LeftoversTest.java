package dev.mystical.scanner.domain.supervise;

import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static dev.mystical.scanner.domain.supervise.Supervised.START;
import static dev.mystical.scanner.domain.supervise.Supervised.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.Course;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Stop;
import dev.mystical.scanner.domain.scan.StopReason;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.TaskEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What may run although nobody waits for it is stopped, and watched until it has. */
class LeftoversTest {
  private static final TaskArn GHOST = new TaskArn("arn:task/ghost");
  private static final SampleReports RUNNING = SampleReports.of(TASK).running(START);

  @Test
  void aTaskOfACancelledRunIsStoppedAtTheNextLook() {
    Supervised it = Supervised.running();
    it.cancel();

    SuperviseStep step = it.look(RUNNING);

    assertThat(((SuperviseStep.Write) step).stops())
        .containsExactly(new SuperviseStep.StopCall("scans", TASK, StopReason.CANCELLED));
    assertThat(it.attempt(1).course().stop())
        .contains(new Stop(StopReason.CANCELLED, START, 1, Optional.of(START)));
  }

  /** Commit, then act: whoever crashes in between leaves a wish that the next one carries out. */
  @Test
  void aCallIsMadeOnlyForAWishThatIsWrittenWithIt() {
    Supervised it = Supervised.running().after(Duration.ofHours(1));
    Optional<Stop> before = it.attempt(1).course().stop();

    SuperviseStep.Write write = (SuperviseStep.Write) it.look(RUNNING);

    assertThat(before).isEmpty();
    assertThat(write.stops()).isNotEmpty();
    assertThat(write.scan().run(it.run().provider()).attempts().getFirst().course().stop())
        .contains(new Stop(StopReason.RUN_TIMEOUT, it.now(), 1, Optional.of(it.now())));
  }

  @Test
  void itIsAskedAgainAfterGrowingPauses() {
    Supervised it = Supervised.running();
    it.cancel();
    List<Long> asked = new ArrayList<>();
    for (int second = 0; second <= 1_800; second++) {
      it.at(START.plusSeconds(second)).look(RUNNING);
      if (!it.stops().isEmpty()) {
        asked.add((long) second);
      }
    }

    assertThat(asked).containsExactly(0L, 10L, 30L, 70L, 150L, 310L, 610L, 910L, 1210L, 1510L);
  }

  @Test
  void itIsAskedAgainWithoutAnswersToo() {
    Supervised it = Supervised.running();
    it.cancel();
    it.unanswered();
    it.after(Duration.ofSeconds(10)).unanswered();

    assertThat(it.stops()).containsExactly(TASK, TASK);
  }

  @Test
  void aTaskThatNeverStopsIsToldOfAfterFiveMinutesAndThenAboutHourly() {
    Supervised it = Supervised.running();
    it.cancel();
    List<Duration> told = new ArrayList<>();
    while (it.now().isBefore(START.plus(Duration.ofHours(5)))) {
      SuperviseStep step = it.look(RUNNING);
      if (it.told().stream().anyMatch(line -> line.contains("does not stop task arn:task/1"))) {
        told.add(Duration.between(START, it.now()));
      }
      assertThat(it.run().watched()).isTrue();
      it.after(it.wait(step).orElseThrow());
    }

    assertThat(told).hasSize(5);
    assertThat(told.getFirst()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
    for (int i = 1; i < told.size(); i++) {
      assertThat(told.get(i).minus(told.get(i - 1)))
          .isBetween(Duration.ofMinutes(55), Duration.ofMinutes(75));
    }
  }

  @Test
  void theWatchEndsWhenTheTaskHasStopped() {
    Supervised it = Supervised.running();
    it.cancel();
    it.look(RUNNING);
    it.after(Duration.ofSeconds(30))
        .look(RUNNING.exited(143).stopped("UserInitiated", StopReason.CANCELLED.text()));

    TaskEnd end = it.attempt(1).course().end().orElseThrow();
    assertThat(end.stoppedAt()).contains(it.now());
    assertThat(end.exitCode()).contains(143);
    assertThat(end.stopCode()).contains("UserInitiated");
    assertThat(it.run().status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(it.run().watched()).isFalse();
    assertThat(it.looks().tasks()).isEmpty();
  }

  @Test
  void theResultIsTakenAtDeprovisioningAndTheWatchEndsAtStopped() {
    Supervised it = Supervised.running();

    it.after(Duration.ofMinutes(3)).look(RUNNING.exited(0).status("DEPROVISIONING", "STOPPED"));
    assertThat(it.run().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(it.run().watched()).isTrue();

    it.after(Duration.ofSeconds(20)).look(RUNNING.exited(0));
    assertThat(it.run().watched()).isFalse();
    assertThat(it.stops()).isEmpty();
  }

  @Test
  void aTaskThatLingersAfterItsEndIsStoppedAfterFiveMinutes() {
    Supervised it = Supervised.running();
    it.look(RUNNING.exited(0).status("RUNNING", "RUNNING"));
    it.after(Duration.ofMinutes(5).minusMillis(1))
        .look(RUNNING.exited(0).status("RUNNING", "RUNNING"));
    assertThat(it.stops()).isEmpty();

    it.after(Duration.ofMillis(1)).look(RUNNING.exited(0).status("RUNNING", "RUNNING"));

    assertThat(it.stops()).containsExactly(TASK);
    assertThat(it.run().status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  /** ECS forgets a stopped task's containers before it forgets the task. */
  @Test
  void whatWasToldOfAnEndIsNotForgotten() {
    Supervised it = Supervised.running();
    it.look(RUNNING.exited(7).status("DEPROVISIONING", "STOPPED"));
    it.look(SampleReports.of(TASK).stopped("UserInitiated", StopReason.LINGERING.text()));

    TaskEnd end = it.attempt(1).course().end().orElseThrow();
    assertThat(end.exitCode()).contains(7);
    assertThat(end.stopCode()).contains("EssentialContainerExited");
    assertThat(end.reason()).contains("Essential container in task exited");
    assertThat(end.stoppedAt()).isPresent();
  }

  @Test
  void anAttemptThatWasCancelledWhileItWasLaunchedIsSearchedForByName() {
    Supervised it = launchingAndCancelled();

    assertThat(it.looks().searches()).extracting(Attempt::number).containsExactly(1);
    it.after(Duration.ofMinutes(5).minusMillis(1)).search(1);
    assertThat(it.run().watched()).isTrue();

    it.after(Duration.ofMillis(1)).search(1);
    assertThat(it.run().watched()).isFalse();
    assertThat(it.run().status()).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void aSearchThatIsNotAnsweredProvesNothing() {
    Supervised it = launchingAndCancelled();

    it.after(Duration.ofHours(1)).unanswered();

    assertThat(it.run().watched()).isTrue();
  }

  @Test
  void whatASearchFindsIsStoppedInTheSameStep() {
    Supervised it = launchingAndCancelled().after(Duration.ofSeconds(20));

    it.search(1, TASK);

    assertThat(it.attempt(1).task()).contains(TASK);
    assertThat(it.stops()).containsExactly(TASK);
    assertThat(it.looks().tasks()).containsExactly(new Looks.Task("scans", TASK));
    it.look(RUNNING.stopped("UserInitiated", StopReason.CANCELLED.text()));
    assertThat(it.run().watched()).isFalse();
  }

  @Test
  void whatEcsHasDeniedAndDoneAllTheSameIsStoppedToo() {
    Supervised it = launchingAndCancelled();

    it.search(1, TASK, GHOST);

    assertThat(it.stops()).containsExactly(TASK, GHOST);
  }

  @Test
  void aSearchedTaskOfAnotherAttemptIsLeftAlone() {
    Supervised it = launchingAndCancelled();

    it.search(2, TASK);

    assertThat(it.stops()).isEmpty();
  }

  @Test
  void nobodyIsAskedAboutALaunchThatIsUnderWay() {
    Supervised it = new Supervised(SampleScans.plain(SONAR)).launching();

    assertThat(it.looks()).isEqualTo(new Looks(List.of(), List.of()));
  }

  /** Scans that are rebuilt may have attempts that nobody has said a word of. */
  @Test
  void anAttemptThatWasLeftWithoutAWishGetsOne() {
    Supervised it = Supervised.running();
    it.cancel();
    it.change(scan ->
        scan.noting(
            it.run().provider(),
            1,
            attempt ->
                new Attempt(
                    1,
                    0,
                    attempt.spec(),
                    START,
                    Optional.of(TASK),
                    Optional.of(START),
                    Course.NONE)));

    it.look(RUNNING);

    assertThat(it.attempt(1).course().stop().orElseThrow().reason())
        .isEqualTo(StopReason.LEFT_OVER);
    assertThat(it.stops()).containsExactly(TASK);
  }

  @Test
  void aRunThatIsNotWatchedAsksForNoLookSoon() {
    Supervised it = Supervised.running();
    it.look(RUNNING.exited(0));

    assertThat(it.run().watched()).isFalse();
    assertThat(it.wait(it.unanswered()).orElseThrow()).isGreaterThan(Duration.ofMinutes(1));
  }

  /** Its scan is rebuilt from its task, which tells in our own words why it was stopped. */
  @Test
  void aTaskThatWeStoppedEndsTheRunAsItHadEndedThen() {
    Map<StopReason, RunStatus> ends =
        Map.of(
            StopReason.CANCELLED, RunStatus.CANCELLED,
            StopReason.RUN_TIMEOUT, RunStatus.TIMED_OUT,
            StopReason.START_TIMEOUT, RunStatus.PENDING,
            StopReason.LEFT_OVER, RunStatus.FAILED);
    ends.forEach((reason, end) -> {
      for (int exitCode : new int[] {0, 143}) {
        Supervised it = Supervised.running();
        it.look(RUNNING.exited(exitCode).stopped("UserInitiated", reason.text()));
        assertThat(it.run().status()).as("%s, exit %d", reason, exitCode).isEqualTo(end);
        assertThat(it.stops()).isEmpty();
      }
    });
  }

  @Test
  void aTaskThatLingeredIsJudgedByItsExitWhenItsScanIsRebuilt() {
    Supervised good = Supervised.running();
    good.look(RUNNING.exited(0).stopped("UserInitiated", StopReason.LINGERING.text()));
    assertThat(good.run().status()).isEqualTo(RunStatus.SUCCEEDED);

    Supervised bad = Supervised.running();
    bad.look(RUNNING.exited(2).stopped("UserInitiated", StopReason.LINGERING.text()));
    assertThat(bad.run().error().orElseThrow().code()).isEqualTo(ErrorCode.TASK_FAILED);
    assertThat(bad.run().error().orElseThrow().message()).startsWith("exit code 2");
  }

  private static Supervised launchingAndCancelled() {
    Supervised it = new Supervised(SampleScans.plain(SONAR)).launching();
    it.cancel();
    assertThat(it.attempt(1).course().stop().map(Stop::since)).contains(START);
    return it;
  }
}
