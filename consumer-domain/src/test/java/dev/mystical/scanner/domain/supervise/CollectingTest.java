package dev.mystical.scanner.domain.supervise;

import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static dev.mystical.scanner.domain.supervise.Supervised.START;
import static dev.mystical.scanner.domain.supervise.Supervised.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.collect.ReportDecision;
import dev.mystical.scanner.domain.collect.RunCalls;
import dev.mystical.scanner.domain.collect.SampleResults;
import dev.mystical.scanner.domain.collect.StartDecision;
import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.domain.report.Verdict;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.ScanError;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A task has ended: its container's results make the end. */
class CollectingTest {
  private static final SampleReports GONE = SampleReports.of(TASK).running(START).exited(0);

  private final Supervised it = Supervised.running();

  @Test
  void aContainerThatNeverToldAnythingIsJudgedByItsExitCode() {
    it.look(GONE);

    assertThat(it.run().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(it.scan().coverage()).isEqualTo(Coverage.NONE);
    assertThat(it.scan().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void oneThatBeganOwesAReportForAMinuteAfterItsEnd() {
    start();
    SuperviseStep step = it.look(GONE);

    assertThat(it.run().status()).isEqualTo(RunStatus.COLLECTING);
    assertThat(it.wait(step)).contains(Duration.ofSeconds(60));
    it.after(Duration.ofSeconds(59)).unanswered();
    assertThat(it.run().status()).isEqualTo(RunStatus.COLLECTING);

    it.after(Duration.ofSeconds(1)).unanswered();
    assertThat(it.run().status()).isEqualTo(RunStatus.FAILED);
    assertThat(code(it.run())).isEqualTo(ErrorCode.REPORT_MISSING);
    assertThat(it.run().watched()).isFalse();
  }

  @Test
  void aReportThatComesWhileItIsAwaitedIsTheEnd() {
    start();
    it.look(GONE);
    report(Coverage.FULL);
    it.unanswered();

    assertThat(it.run().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(it.scan().verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void aReportAndExitCodeZeroAreASuccessWithoutALastWord() {
    start();
    report(Coverage.PARTIAL);
    it.look(GONE);

    assertThat(it.run().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(it.scan().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void aReportOfNothingIsIncomplete() {
    report(Coverage.NONE);
    it.look(GONE);

    assertThat(code(it.run())).isEqualTo(ErrorCode.REPORT_INCOMPLETE);
  }

  @Test
  void onlyRefusedReportsAreSaidToBeSo() {
    ScanError why = new ScanError(ErrorCode.REPORT_TOO_LARGE, "201 MB", false);
    it.change(scan -> RunCalls.refused(scan, SONAR, 1, why).orElseThrow());
    it.look(GONE);
    it.after(Duration.ofSeconds(60)).unanswered();

    assertThat(it.run().error()).contains(why);
  }

  @Test
  void aReportDoesNotMakeUpForAnExitCode() {
    start();
    report(Coverage.FULL);
    it.look(SampleReports.of(TASK).running(START).exited(3));

    assertThat(it.run().status()).isEqualTo(RunStatus.FAILED);
    assertThat(code(it.run())).isEqualTo(ErrorCode.TASK_FAILED);
    assertThat(it.scan().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  /** Its task goes on for a while after its last word, and exits as it likes. */
  @Test
  void whatItsTaskDoesAfterTheEndChangesNothing() {
    start();
    report(Coverage.FULL);
    it.change(
        scan -> RunCalls.complete(scan, SONAR, 1, SampleResults.done(START), START).orElseThrow());
    assertThat(it.run().status()).isEqualTo(RunStatus.SUCCEEDED);

    it.after(Duration.ofSeconds(2)).look(SampleReports.of(TASK).running(START));
    assertThat(it.stops()).isEmpty();
    it.after(Duration.ofSeconds(2)).look(SampleReports.of(TASK).running(START).exited(137));

    assertThat(it.run().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(it.attempt(1).course().end().orElseThrow().exitCode()).contains(137);
    assertThat(it.run().watched()).isFalse();
  }

  @Test
  void aTaskThatDoesNotEndAfterItsLastWordIsStopped() {
    report(Coverage.FULL);
    it.change(
        scan -> RunCalls.complete(scan, SONAR, 1, SampleResults.done(START), START).orElseThrow());
    it.after(StopTerms.PATIENCE).look(SampleReports.of(TASK).running(START));

    assertThat(it.stops()).containsExactly(TASK);
  }

  @Test
  void aCancelWhileAReportIsAwaitedStands() {
    start();
    it.look(GONE);
    it.cancel();
    report(Coverage.FULL);
    it.after(Duration.ofMinutes(2)).unanswered();

    assertThat(it.run().status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(it.run().report()).isEmpty();
  }

  private void start() {
    it.change(scan ->
        switch (RunCalls.start(scan, SONAR, 1, TASK.value(), START)) {
          case StartDecision.LetIn(var after, Instant deadline) -> after;
          case StartDecision.Repeat repeat -> scan;
          case StartDecision.Leave leave -> throw new AssertionError(leave.why());
        });
  }

  private void report(Coverage coverage) {
    it.change(scan ->
        RunCalls.report(scan, SONAR, 1, SampleResults.report("r", coverage, START), START)
                instanceof ReportDecision.Take(var after)
            ? after
            : scan);
  }

  private static ErrorCode code(Run run) {
    return run.error().orElseThrow().code();
  }
}
