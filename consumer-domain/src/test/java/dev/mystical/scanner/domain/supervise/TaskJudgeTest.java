package dev.mystical.scanner.domain.supervise;

import static dev.mystical.scanner.domain.supervise.SampleReports.SCANNER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.TaskReport.Container;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskJudgeTest {
  private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05Z");
  private static final SampleReports TASK = SampleReports.of(new TaskArn("arn:task/1"));

  @Test
  void aTaskThatNeverStartedNeedsNeitherContainersNorWords() {
    TaskState.Failed failed = failed(TASK.stopped("TaskFailedToStart", ""));

    assertThat(failed.code()).isEqualTo(ErrorCode.ECS_START_FAILED);
    assertThat(failed.again()).isEqualTo(TaskState.Again.MAYBE);
  }

  @Test
  void theMissingImageOfASidecarIsWhyATaskNeverStarted() {
    SampleReports report =
        TASK.stopped("TaskFailedToStart", "Task failed to start")
            .containers(
                List.of(
                    new Container(SCANNER, "STOPPED", Optional.empty(), Optional.empty()),
                    new Container(
                        "sidecar",
                        "STOPPED",
                        Optional.empty(),
                        Optional.of("CannotPullContainerError: manifest unknown"))));

    assertThat(failed(report).code()).isEqualTo(ErrorCode.ECS_CONFIG);
    assertThat(failed(report).again()).isEqualTo(TaskState.Again.NEVER);
  }

  @Test
  void aNaturalEndWithZeroIsASuccessWhateverBecameOfTheSidecar() {
    assertThat(judge(TASK.running(STARTED).exited(0))).isEqualTo(new TaskState.Succeeded());
    assertThat(judge(TASK.stopped("", "").container("STOPPED", Optional.of(0), Optional.empty())))
        .isEqualTo(new TaskState.Succeeded());
  }

  @Test
  void anotherContainersZeroIsNoSuccess() {
    SampleReports report =
        TASK.exited(0)
            .containers(
                List.of(new Container("other", "STOPPED", Optional.of(0), Optional.empty())));

    assertThat(failed(report).code()).isEqualTo(ErrorCode.TASK_LOST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RUNNING", "DEACTIVATING", "STOPPING", "DEPROVISIONING", "NEW_WORD"})
  void anExitCodeDecidesBeforeTheTaskHasStopped(String lastStatus) {
    SampleReports ending = TASK.running(STARTED).exited(0).status(lastStatus, "STOPPED");

    assertThat(judge(ending)).isEqualTo(new TaskState.Succeeded());
    assertThat(failed(TASK.running(STARTED).exited(3).status(lastStatus, "STOPPED")).code())
        .isEqualTo(ErrorCode.TASK_FAILED);
  }

  @Test
  void anExitCodeOfAContainerThatRunsAgainDecidesNothing() {
    SampleReports restarted =
        TASK.running(STARTED).container("RUNNING", Optional.of(0), Optional.empty());

    assertThat(judge(restarted)).isEqualTo(new TaskState.Running(Optional.of(STARTED)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROVISIONING", "PENDING", "ACTIVATING"})
  void beforeRunningItStarts(String lastStatus) {
    assertThat(judge(TASK.status(lastStatus, "RUNNING"))).isEqualTo(new TaskState.Starting());
    assertThat(judge(TASK.status(lastStatus, "STOPPED"))).isEqualTo(new TaskState.Starting());
  }

  @ParameterizedTest
  @ValueSource(strings = {"RUNNING", "DEACTIVATING", "STOPPING", "DEPROVISIONING", "NEW_WORD"})
  void whatHasRunIsRunningUntilItsExitIsKnown(String lastStatus) {
    for (String desired : List.of("RUNNING", "STOPPED", "NEW_WORD")) {
      assertThat(judge(TASK.startedAt(STARTED).status(lastStatus, desired)))
          .isEqualTo(new TaskState.Running(Optional.of(STARTED)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DEACTIVATING", "STOPPING", "DEPROVISIONING", "NEW_WORD", ""})
  void whatIsDoomedBeforeItRanIsStillStarting(String lastStatus) {
    assertThat(judge(TASK.status(lastStatus, "STOPPED"))).isEqualTo(new TaskState.Starting());
  }

  @ParameterizedTest
  @CsvSource({
    "1, exit code 1",
    "126, its command cannot be run",
    "127, its command is not there",
    "134, SIGABRT",
    "139, SIGSEGV",
    "143, SIGTERM",
    "137, killed"
  })
  void theMessageTellsTheExitCodeAndWhatItMeans(int exitCode, String meaning) {
    assertThat(failed(TASK.exited(exitCode)).message())
        .startsWith("exit code " + exitCode)
        .contains(meaning)
        .doesNotContain("Essential container");
  }

  @ParameterizedTest
  @CsvSource({
    "128, 512",
    "256, 512",
    "512, 1024",
    "2048, 4096",
    "3000, 6144",
    "15360, 30720",
    "16384, 32768",
    "30720, 61440",
    "32768, 65536",
    "61440, 122880",
    "122880, 245760"
  })
  void outOfMemoryNamesWhatItHadAndASizeThatWouldHelp(int had, int wants) {
    TaskState.Failed failed =
        failed(TASK.memory(Optional.of(had)).exited(137, "OutOfMemoryError: Container killed"));

    assertThat(failed.message()).contains("had %d MiB".formatted(had), "%d MiB".formatted(wants));
  }

  @Test
  void outOfMemoryIsToldWithoutASizeToo() {
    assertThat(failed(TASK.memory(Optional.empty()).exited(137, "OutOfMemoryError")).message())
        .isEqualTo("out of memory: give its task definition more");
  }

  @Test
  void rawWordsAreKeptAsFarAsTheyAreShort() {
    TaskState.Failed failed = failed(TASK.stopped("New".repeat(2_000), "x".repeat(5_000)));

    assertThat(failed.message()).contains("NewNew", "xxx").hasSizeLessThan(2_200);
    assertThat(
            TaskJudge.reason(TASK.stopped("", "x".repeat(5_000)).report(), SCANNER).orElseThrow())
        .hasSize(TaskJudge.LONGEST_REASON + 1);
  }

  @Test
  void aReasonIsTheContainersAndTheTasks() {
    SampleReports report = TASK.exited(137, "OutOfMemoryError");

    assertThat(TaskJudge.reason(report.report(), SCANNER))
        .contains("OutOfMemoryError; Essential container in task exited");
    assertThat(TaskJudge.reason(TASK.report(), SCANNER)).isEmpty();
  }

  private static TaskState judge(SampleReports report) {
    return TaskJudge.judge(report.report(), SCANNER);
  }

  private static TaskState.Failed failed(SampleReports report) {
    assertThat(judge(report)).isInstanceOf(TaskState.Failed.class);
    return (TaskState.Failed) judge(report);
  }
}
