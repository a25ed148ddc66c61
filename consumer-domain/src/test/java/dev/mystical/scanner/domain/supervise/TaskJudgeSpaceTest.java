package dev.mystical.scanner.domain.supervise;

import static dev.mystical.scanner.domain.supervise.SampleReports.SCANNER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.TaskReport.Container;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A success is told by one rule alone, in all of a small space of what tasks can say. */
class TaskJudgeSpaceTest {
  private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05Z");
  private static final SampleReports TASK = SampleReports.of(new TaskArn("arn:task/1"));

  @Test
  void nothingButTheRuleMakesASuccess() {
    List<SampleReports> space = smallSpace();
    assertThat(space.stream().filter(it -> rule(it.report()))).isNotEmpty();
    assertThat(
            space.stream()
                .filter(it -> judge(it) instanceof TaskState.Succeeded != rule(it.report())))
        .isEmpty();
  }

  @Test
  void whatHasStoppedNeitherStartsNorRuns() {
    assertThat(
            smallSpace().stream()
                .filter(it -> it.report().stopped())
                .map(TaskJudgeSpaceTest::judge)
                .filter(it -> it instanceof TaskState.Starting || it instanceof TaskState.Running))
        .isEmpty();
  }

  private static boolean rule(TaskReport task) {
    return task.container(SCANNER)
            .filter(it -> it.exitCode().equals(Optional.of(0)) && it.reason().isEmpty())
            .filter(it -> it.lastStatus().equals("STOPPED") || task.stopped())
            .isPresent()
        && task.stopCode().filter(it -> !it.equals("EssentialContainerExited")).isEmpty()
        && task.stoppedReason().filter(it -> it.contains("Spot") || it.contains("Host")).isEmpty();
  }

  private static List<SampleReports> smallSpace() {
    List<SampleReports> all = new ArrayList<>();
    for (String last :
        List.of("PENDING", "RUNNING", "DEPROVISIONING", "STOPPED", "DELETED", "NEW")) {
      for (String desired : List.of("RUNNING", "STOPPED", "NEW")) {
        for (String code :
            List.of(
                "",
                "EssentialContainerExited",
                "UserInitiated",
                "SpotInterruption",
                "TerminationNotice",
                "TaskFailedToStart",
                "ServiceSchedulerInitiated",
                "New")) {
          for (String reason :
              List.of(
                  "",
                  "Essential container in task exited",
                  "Your Spot Task was interrupted.",
                  "Host EC2 (instance i-1) terminated.",
                  "new")) {
            SampleReports report = TASK.stopped(code, reason).status(last, desired);
            all.add(report);
            for (Container container : containers()) {
              all.add(report.containers(List.of(container)));
              all.add(report.startedAt(STARTED).containers(List.of(container)));
            }
          }
        }
      }
    }
    return all;
  }

  private static List<Container> containers() {
    List<Container> all = new ArrayList<>();
    for (String name : List.of(SCANNER, "sidecar")) {
      for (String status : List.of("PENDING", "RUNNING", "STOPPED", "NEW")) {
        for (int exit : List.of(-1, 0, 1, 137)) {
          for (String reason : List.of("", "OutOfMemoryError", "CannotPullContainerError", "new")) {
            all.add(
                new Container(
                    name,
                    status,
                    Optional.of(exit).filter(it -> it >= 0),
                    Optional.of(reason).filter(it -> !it.isEmpty())));
          }
        }
      }
    }
    return all;
  }

  private static TaskState judge(SampleReports report) {
    return TaskJudge.judge(report.report(), SCANNER);
  }
}
