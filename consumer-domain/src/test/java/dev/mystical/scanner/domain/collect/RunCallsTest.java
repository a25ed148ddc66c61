package dev.mystical.scanner.domain.collect;

import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.domain.report.FindingCounts;
import dev.mystical.scanner.domain.report.StoredReport;
import dev.mystical.scanner.domain.report.Verdict;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.StopReason;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunCallsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final TaskArn TASK = new TaskArn("arn:aws:ecs:x:1:task/c/1");
  private static final StoredReport CLEAN = SampleResults.report("clean", Coverage.FULL, NOW);

  private Scan scan = launched();

  @Test
  void theFirstTaskIsLetInAndTheRunRuns() {
    StartDecision decision = start(TASK.value());

    assertThat(decision).isInstanceOf(StartDecision.LetIn.class);
    assertThat(run().status()).isEqualTo(RunStatus.RUNNING);
    assertThat(last().course().runningAt()).contains(NOW);
  }

  @Test
  void theSameTaskIsLetInAgainAndEveryOtherOneMustLeave() {
    start("some task");

    assertThat(start("some task")).isEqualTo(new StartDecision.Repeat(last().spec().deadline()));
    assertThat(start("another task")).isInstanceOf(StartDecision.Leave.class);
    assertThat(start(TASK.value())).isInstanceOf(StartDecision.Leave.class);
  }

  @Test
  void anotherTaskThanTheOneThatEcsNamedMustLeaveThoughItComesFirst() {
    assertThat(start("arn:aws:ecs:x:1:task/c/2")).isInstanceOf(StartDecision.Leave.class);
    assertThat(start(TASK.value())).isInstanceOf(StartDecision.LetIn.class);
  }

  @Test
  void aTaskThatIsFasterThanTheAnswerOfEcsIsLetIn() {
    scan = SampleScans.queued(SampleScans.newKey(), SampleScans.plain(SONAR), NOW);
    scan = scan.with(SONAR, run -> run.launching(SampleScans.attempt(NOW)), NOW);

    assertThat(start(TASK.value())).isInstanceOf(StartDecision.LetIn.class);
    assertThat(run().status()).isEqualTo(RunStatus.LAUNCHING);
  }

  /** Its ghost has begun by then, and there must not be two. */
  @Test
  void whoWasLetInStaysSoWhenTheAttemptIsPlacedAnew() {
    scan = SampleScans.queued(SampleScans.newKey(), SampleScans.plain(SONAR), NOW);
    scan = scan.with(SONAR, run -> run.launching(SampleScans.attempt(NOW)), NOW);
    start("ghost");
    Attempt placedAnew =
        Attempt.launching(
            1, 1, SampleScans.spec(new Placement.ClusterDefault(), NOW.plusSeconds(60)), NOW);
    scan = scan.with(SONAR, run -> run.launching(placedAnew), NOW);

    assertThat(start("another")).isInstanceOf(StartDecision.Leave.class);
    assertThat(start("ghost")).isInstanceOf(StartDecision.Repeat.class);
  }

  @Test
  void nobodyIsLetInForWhatHasEndedOrWasGivenUp() {
    Scan before = scan;
    scan = scan.cancelled(NOW);
    assertThat(start(TASK.value())).isInstanceOf(StartDecision.Leave.class);

    scan = before.with(SONAR, run -> run.requeued(ErrorCode.SPOT_INTERRUPTED, NOW), NOW);
    assertThat(start(TASK.value())).isInstanceOf(StartDecision.Leave.class);
    assertThat(RunCalls.cancels(scan, SONAR, 1)).isTrue();

    relaunched();
    assertThat(start(TASK.value())).isInstanceOf(StartDecision.Leave.class);
    assertThat(RunCalls.start(scan, SONAR, 2, "second", NOW))
        .isInstanceOf(StartDecision.LetIn.class);
  }

  @Test
  void aReportAndALastWordAreASuccessInEitherOrder() {
    Scan before = scan;
    take(CLEAN);
    assertThat(run().status()).isEqualTo(RunStatus.PROVISIONING);
    complete(true);
    assertThat(scan.status()).isEqualTo(ScanStatus.SUCCEEDED);
    assertThat(scan.verdict()).isEqualTo(Verdict.PASS);

    scan = before;
    complete(true);
    assertThat(scan.status()).isEqualTo(ScanStatus.RUNNING);
    take(CLEAN);
    assertThat(scan.status()).isEqualTo(ScanStatus.SUCCEEDED);
  }

  @Test
  void aTaskWhoseWorkIsDoneIsLeftToEndByItself() {
    take(CLEAN);
    complete(true);

    assertThat(run().watched()).isTrue();
    assertThat(last().course().stop().orElseThrow().reason()).isEqualTo(StopReason.LINGERING);
  }

  @Test
  void aLastWordWithAnErrorIsAFailureWhateverTheReportSays() {
    take(CLEAN);
    complete(false);

    assertThat(scan.status()).isEqualTo(ScanStatus.FAILED);
    assertThat(run().error().orElseThrow().code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
    assertThat(scan.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(scan.coverage()).isEqualTo(Coverage.PARTIAL);
  }

  @Test
  void whereSomethingWasLookedAtTheWorkIsDoneButNothingIsVouchedFor() {
    take(SampleResults.report("partial", Coverage.PARTIAL, NOW));
    complete(true);

    assertThat(scan.status()).isEqualTo(ScanStatus.SUCCEEDED);
    assertThat(scan.coverage()).isEqualTo(Coverage.PARTIAL);
    assertThat(scan.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void findingsOfAFailedRunCount() {
    take(SampleResults.report("findings", new FindingCounts(1, 0, 0, 0, 0), Coverage.FULL, NOW));
    complete(false);

    assertThat(scan.status()).isEqualTo(ScanStatus.FAILED);
    assertThat(scan.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(scan.findings()).contains(new FindingCounts(1, 0, 0, 0, 0));
  }

  @Test
  void aReportThatSaysThatNothingWasLookedAtIsNoSuccess() {
    take(SampleResults.report("empty", Coverage.NONE, NOW));
    complete(true);

    assertThat(run().status()).isEqualTo(RunStatus.FAILED);
    assertThat(run().error().orElseThrow().code()).isEqualTo(ErrorCode.REPORT_INCOMPLETE);
    assertThat(scan.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void theFirstReportStands() {
    take(CLEAN);

    assertThat(report(CLEAN)).isEqualTo(new ReportDecision.Repeat());
    assertThat(report(SampleResults.report("other", Coverage.FULL, NOW)))
        .isInstanceOf(ReportDecision.Taken.class);

    complete(true);
    assertThat(report(CLEAN)).as("a repeat after the end").isEqualTo(new ReportDecision.Repeat());
  }

  @Test
  void aReportAfterTheEndIsPutAsideAndChangesNothing() {
    scan =
        scan.with(
            SONAR,
            run ->
                run.ended(
                    RunStatus.TIMED_OUT,
                    Optional.of(new ScanError(ErrorCode.RUN_TIMEOUT, "too long", false)),
                    NOW),
            NOW);

    assertThat(report(CLEAN))
        .isInstanceOfSatisfying(
            ReportDecision.Late.class,
            late -> {
              assertThat(late.told().code()).isEqualTo(ErrorCode.RUN_TIMEOUT);
              assertThat(late.told().message()).contains(CLEAN.sha256());
            });
  }

  @Test
  void whatAnEarlierAttemptSaysChangesNothing() {
    scan = scan.with(SONAR, run -> run.requeued(ErrorCode.SPOT_INTERRUPTED, NOW), NOW);
    relaunched();

    assertThat(report(CLEAN)).isInstanceOf(ReportDecision.Late.class);
    assertThat(RunCalls.complete(scan, SONAR, 1, SampleResults.done(NOW), NOW)).isEmpty();
    assertThat(RunCalls.refused(scan, SONAR, 1, new ScanError(ErrorCode.REPORT_INVALID, "x", true)))
        .isEmpty();
  }

  /** What a task wrote before it was taken away is no result of the one after it. */
  @Test
  void anotherAttemptBeginsWithoutAReport() {
    take(CLEAN);
    scan = scan.with(SONAR, run -> run.requeued(ErrorCode.SPOT_INTERRUPTED, NOW), NOW);
    assertThat(run().report()).isEmpty();

    take(SampleResults.report("other", Coverage.FULL, NOW));
    complete(true);
    scan = scan.status().ended() ? scan : relaunched();
    assertThat(run().report()).isEmpty();
  }

  @Test
  void aLastWordIsTakenOnce() {
    complete(true);
    assertThat(RunCalls.complete(scan, SONAR, 1, SampleResults.failed(NOW), NOW)).isEmpty();
  }

  private static Scan launched() {
    Scan queued = SampleScans.queued(SampleScans.newKey(), SampleScans.plain(SONAR), NOW);
    return queued
        .with(SONAR, run -> run.launching(SampleScans.attempt(NOW)), NOW)
        .with(SONAR, run -> run.launched(TASK, NOW), NOW);
  }

  private Scan relaunched() {
    Attempt second =
        Attempt.launching(
            2,
            0,
            SampleScans.spec(new Placement.ClusterDefault(), NOW.plus(Duration.ofHours(1))),
            NOW);
    scan =
        scan.with(SONAR, run -> run.launching(second), NOW)
            .with(SONAR, run -> run.launched(new TaskArn("arn:task/second"), NOW), NOW);
    return scan;
  }

  private StartDecision start(String task) {
    StartDecision decision = RunCalls.start(scan, SONAR, 1, task, NOW);
    if (decision instanceof StartDecision.LetIn(Scan after, Instant deadline)) {
      assertThat(deadline).isEqualTo(last().spec().deadline());
      scan = after;
    }
    return decision;
  }

  private ReportDecision report(StoredReport report) {
    return RunCalls.report(scan, SONAR, 1, report, NOW);
  }

  private void take(StoredReport report) {
    if (report(report) instanceof ReportDecision.Take(Scan after)) {
      scan = after;
    }
  }

  private void complete(boolean well) {
    RunCalls.complete(
            scan, SONAR, 1, well ? SampleResults.done(NOW) : SampleResults.failed(NOW), NOW)
        .ifPresent(after -> scan = after);
  }

  private Run run() {
    return scan.run(SONAR);
  }

  private Attempt last() {
    return run().attempts().getLast();
  }
}
