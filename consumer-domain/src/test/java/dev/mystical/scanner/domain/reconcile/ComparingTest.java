package dev.mystical.scanner.domain.reconcile;

import static dev.mystical.scanner.domain.reconcile.TaskMaker.NOW;
import static dev.mystical.scanner.domain.reconcile.TaskMaker.START;
import static dev.mystical.scanner.domain.reconcile.TaskMaker.stopped;
import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Stop;
import dev.mystical.scanner.domain.scan.StopReason;
import dev.mystical.scanner.domain.scan.TaskEnd;
import dev.mystical.scanner.domain.scan.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Scans that the ledger has. */
class ComparingTest {
  private static final ScanKey KEY = new ScanKey(Tenant.DEFAULT, new ScanId("scan-1"));
  private static final ReconcileStep FINE = new ReconcileStep.Fine();

  private final TaskMaker maker = TaskMaker.sealing();
  private final Scan queued = SampleScans.queued(KEY, SampleScans.plain(SONAR, MYSTICAL), START);
  private final Scan launching =
      queued.with(SONAR, run -> run.launching(TaskMaker.attempt(1, START)), START);
  private final ScanTask task = maker.task(queued, SONAR, 1);
  private final Scan launched =
      launching.with(SONAR, run -> run.launched(task.arn(), START), START);

  @Test
  void theTaskOfAnAttemptThatIsNotOverIsFine() {
    assertThat(decide(launched, task)).isEqualTo(FINE);
    assertThat(decide(launched, stopped(task))).isEqualTo(FINE);
    assertThat(decide(launched.with(SONAR, run -> run.running(START), START), task))
        .isEqualTo(FINE);
  }

  @Test
  void aLaunchUnderWayLearnsOfItsTaskItself() {
    assertThat(decide(launching, task)).isEqualTo(FINE);
    assertThat(decideAt(START.plus(Duration.ofMinutes(5)), launching, task)).isEqualTo(FINE);
  }

  /** Redis may lose the latest commits alone, and the message is gone by then. */
  @Test
  void aLaunchThatNobodyIsAtAnyMoreLearnsOfItsTask() {
    Scan noted = noted(decideAt(START.plus(Duration.ofMinutes(6)), launching, task));

    assertThat(noted.run(SONAR).status()).isEqualTo(RunStatus.PROVISIONING);
    assertThat(noted.run(SONAR).attempts().getLast().task()).contains(task.arn());
  }

  @Test
  void anEndedRunLearnsOfItsTaskSoThatItIsStopped() {
    Scan ended =
        launching.with(
            SONAR, run -> run.ended(RunStatus.CANCELLED, Optional.empty(), START), START);

    Scan noted = noted(decide(ended, task));

    Attempt attempt = noted.run(SONAR).attempts().getLast();
    assertThat(attempt.task()).contains(task.arn());
    assertThat(attempt.course().stop()).contains(wish(StopReason.CANCELLED, START));
    assertThat(noted.run(SONAR).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(decide(noted, task)).isEqualTo(FINE);
  }

  @Test
  void theTaskOfAnEndedScanThatIsBeingStoppedIsFine() {
    assertThat(decide(launched.cancelled(START), task)).isEqualTo(FINE);
  }

  @Test
  void theTaskOfAnAttemptThatIsOverIsStoppedAtOnce() {
    Scan over = launched.noting(SONAR, 1, attempt -> attempt.ended(TaskEnd.unseen(START)));

    assertThat(decide(over, task)).isEqualTo(stop(task));
    assertThat(decide(over, stopped(task))).isEqualTo(FINE);
  }

  @Test
  void anotherTaskOfTheSameAttemptIsStoppedAtOnce() {
    ScanTask second = maker.task(queued, SONAR, 1);

    assertThat(decide(launched, task, second)).isEqualTo(stop(second));
    assertThat(decide(launched, task, stopped(second))).isEqualTo(FINE);
  }

  @Test
  void theTaskOfAnEarlierAttemptIsLeftToTheSupervisor() {
    Scan again =
        launched
            .with(SONAR, run -> run.requeued(ErrorCode.START_TIMEOUT, START), START)
            .with(SONAR, run -> run.launching(TaskMaker.attempt(2, START)), START);

    assertThat(decide(again, task)).isEqualTo(FINE);
  }

  @Test
  void anEarlierAttemptLearnsOfItsTask() {
    ScanTask second = maker.task(queued, SONAR, 2);
    Scan again =
        launching
            .with(SONAR, run -> run.launching(TaskMaker.attempt(2, START)), START)
            .with(SONAR, run -> run.launched(second.arn(), START), START);

    Scan noted = noted(decide(again, task, second));

    Attempt first = noted.run(SONAR).attempts().getFirst();
    assertThat(first.task()).contains(task.arn());
    assertThat(first.course().stop()).contains(wish(StopReason.LEFT_OVER, NOW));
    assertThat(noted.run(SONAR).attempts().getLast().course().stop()).isEmpty();
  }

  @Test
  void aRunThatIsRetriedDoesNotTakeUpItsOldAttemptAgain() {
    Scan failed =
        queued
            .with(MYSTICAL, run -> run.ended(RunStatus.FAILED, Optional.empty(), START), START)
            .with(SONAR, run -> run.launching(TaskMaker.attempt(1, START)), START)
            .with(SONAR, run -> run.ended(RunStatus.FAILED, Optional.empty(), START), START)
            .retried(START);

    Scan noted = noted(decideAt(START.plus(Duration.ofHours(1)), failed, task));

    assertThat(noted.run(SONAR).status()).isEqualTo(RunStatus.PENDING);
    assertThat(noted.run(SONAR).attempts().getLast().task()).contains(task.arn());
    assertThat(noted.run(SONAR).attempts().getLast().course().stop()).isPresent();
  }

  @Test
  void anAttemptThatTheLedgerHasLostIsTakenUp() {
    ScanTask second = maker.task(queued, SONAR, 2);

    Run fromNothing = noted(decide(queued, task, second)).run(SONAR);
    Run fromLaunching = noted(decide(launching, task, second)).run(SONAR);
    Run fromLaunched = noted(decide(launched, task, second)).run(SONAR);

    for (Run run : List.of(fromNothing, fromLaunching, fromLaunched)) {
      assertThat(run.status()).isEqualTo(RunStatus.PROVISIONING);
      assertThat(run.attempts()).extracting(Attempt::number).containsExactly(1, 2);
      assertThat(run.attempts().getLast().task()).contains(second.arn());
      assertThat(run.attempts().getLast().course().stop()).isEmpty();
      assertThat(run.attempts().getFirst().course().stop())
          .contains(wish(StopReason.LEFT_OVER, NOW));
    }
  }

  @Test
  void aStoppedTaskOfALostAttemptIsTakenUpAsWell() {
    Run run = noted(decide(queued, stopped(task))).run(SONAR);

    assertThat(run.status()).isEqualTo(RunStatus.PROVISIONING);
    assertThat(run.attempts().getLast().task()).contains(task.arn());
  }

  @Test
  void aTaskThatProvesNothingIsNotTakenUp() {
    Scan acmes =
        SampleScans.queued(
            new ScanKey(new Tenant("acme"), new ScanId("scan-1")), queued.request(), START);
    ScanTask forged = TaskMaker.unsealed().task(acmes, SONAR, 1);

    assertThat(decide(acmes, forged)).isEqualTo(stop(forged));
  }

  @Test
  void anAttemptThatIsNoLaterThanTheLastOneIsNotTakenUp() {
    ScanTask third = maker.task(queued, SONAR, 3);
    Scan later =
        queued
            .with(SONAR, run -> run.launching(TaskMaker.attempt(3, START)), START)
            .with(SONAR, run -> run.launched(third.arn(), START), START);

    assertThat(decide(later, task, third)).isEqualTo(stop(task));
  }

  @Test
  void noAttemptOfAnEndedRunIsTakenUp() {
    Scan ended =
        queued.with(SONAR, run -> run.ended(RunStatus.TIMED_OUT, Optional.empty(), START), START);

    assertThat(decide(ended, task)).isEqualTo(stop(task));
    assertThat(decide(ended, stopped(task))).isEqualTo(FINE);
  }

  @Test
  void aTaskOfARunThatNobodyAskedForIsStopped() {
    Scan sonarAlone = SampleScans.queued(KEY, SampleScans.plain(SONAR), START);
    ScanTask mystical = maker.task(queued, MYSTICAL, 1);

    assertThat(decide(sonarAlone, mystical)).isEqualTo(stop(mystical));
  }

  @Test
  void aScanThatIsKnownInPartGetsTheRunsThatShowLater() {
    TaskMaker unsealed = TaskMaker.unsealed();
    ScanTask sonar = unsealed.task(queued, SONAR, 1);
    ScanTask mystical = unsealed.task(queued, MYSTICAL, 1);
    Scan part =
        ((ReconcileStep.Rebuild)
                unsealed.policy().decide(List.of(sonar), new Found(new Found.Absent(), NOW)))
            .scan();

    Scan wider =
        noted(
            unsealed
                .policy()
                .decide(List.of(sonar, mystical), new Found(new Found.Versioned(part, 1), NOW)));

    assertThat(wider.digest()).isEqualTo(Scan.UNKNOWN_DIGEST);
    assertThat(wider.run(SONAR)).isEqualTo(part.run(SONAR));
    assertThat(wider.run(MYSTICAL).attempts().getLast().task()).contains(mystical.arn());
  }

  @Test
  void aScanThatIsKnownInPartGetsNoRunOfAnotherRequest() {
    TaskMaker unsealed = TaskMaker.unsealed();
    Scan other = SampleScans.queued(KEY, SampleScans.full(), START);
    ScanTask mystical = unsealed.task(other, MYSTICAL, 1);
    Scan part =
        Scan.queued(KEY, SampleScans.plain(SONAR), Scan.UNKNOWN_DIGEST, Optional.empty(), START);

    assertThat(decide(part, mystical)).isEqualTo(stop(mystical));
  }

  @Test
  void theTasksOfARefusedScanAreStopped() {
    RefusedScan refused =
        new RefusedScan(KEY, new ScanError(ErrorCode.MESSAGE_INVALID, "bad", false), START);
    Found found = new Found(new Found.Refused(refused), NOW);

    assertThat(maker.policy().decide(List.of(task), found)).isEqualTo(stop(task));
    assertThat(maker.policy().decide(List.of(stopped(task)), found)).isEqualTo(FINE);
  }

  private ReconcileStep decide(Scan scan, ScanTask... tasks) {
    return decideAt(NOW, scan, tasks);
  }

  private ReconcileStep decideAt(Instant now, Scan scan, ScanTask... tasks) {
    return maker.policy().decide(List.of(tasks), new Found(new Found.Versioned(scan, 7), now));
  }

  private static Scan noted(ReconcileStep step) {
    assertThat(step).isInstanceOf(ReconcileStep.Note.class);
    assertThat(step.strays()).isEmpty();
    return ((ReconcileStep.Note) step).scan();
  }

  private static ReconcileStep stop(ScanTask... tasks) {
    return new ReconcileStep.Stop(List.of(tasks));
  }

  private static Stop wish(StopReason reason, Instant since) {
    return new Stop(reason, since, 0, Optional.empty());
  }
}
