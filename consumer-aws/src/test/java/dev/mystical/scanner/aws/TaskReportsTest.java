package dev.mystical.scanner.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.TaskReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.Task;

class TaskReportsTest {
  private static final String ARN = "arn:aws:ecs:eu-west-1:123456789012:task/scans/a";
  private static final Instant T1 = Instant.parse("2026-01-01T00:00:01Z");
  private static final Instant T2 = Instant.parse("2026-01-01T00:00:02Z");

  @Test
  void everythingIsTakenOver() {
    TaskReport report =
        report(it ->
            it.lastStatus("STOPPED")
                .desiredStatus("STOPPED")
                .stopCode("SpotInterruption")
                .stoppedReason("Your Spot Task was interrupted.")
                .startedAt(T1)
                .stoppedAt(T2)
                .containers(
                    Container.builder()
                        .name("scanner")
                        .lastStatus("STOPPED")
                        .exitCode(137)
                        .reason("killed")
                        .build()));

    assertThat(report)
        .isEqualTo(
            new TaskReport(
                new TaskArn(ARN),
                "STOPPED",
                "STOPPED",
                Optional.of("SpotInterruption"),
                Optional.of("Your Spot Task was interrupted."),
                Optional.of(T1),
                Optional.of(T2),
                List.of(
                    new TaskReport.Container(
                        "scanner", "STOPPED", Optional.of(137), Optional.of("killed"))),
                Optional.empty(),
                Optional.of("https://logs.example")));
  }

  /** An idempotent replay has little more than the name. */
  @Test
  void nothingButTheNameIsNeeded() {
    TaskReport report = report(it -> {});

    assertThat(report.lastStatus()).isEqualTo("UNKNOWN");
    assertThat(report.desiredStatus()).isEqualTo("UNKNOWN");
    assertThat(report.stopCode()).isEmpty();
    assertThat(report.stoppedReason()).isEmpty();
    assertThat(report.startedAt()).isEmpty();
    assertThat(report.stoppedAt()).isEmpty();
    assertThat(report.containers()).isEmpty();
    assertThat(report.memory()).isEmpty();
  }

  @Test
  void codesThatNoSdkKnowsAreKept() {
    assertThat(report(it -> it.stopCode("MeteorStrike").lastStatus("HIBERNATING")))
        .extracting(TaskReport::stopCode, TaskReport::lastStatus)
        .containsExactly(Optional.of("MeteorStrike"), "HIBERNATING");
  }

  @Test
  void containersMayBeHalfThere() {
    assertThat(
            report(it ->
                    it.containers(
                        Container.builder().build(),
                        Container.builder().name("").build(),
                        Container.builder().name("scanner").build()))
                .containers())
        .containsExactly(
            new TaskReport.Container("scanner", "UNKNOWN", Optional.empty(), Optional.empty()));
  }

  @Test
  void noTextIsKeptWithoutEnd() {
    assertThat(report(it -> it.stoppedReason("x".repeat(5_000))).stoppedReason())
        .contains("x".repeat(1_024));
  }

  @ParameterizedTest
  @CsvSource({
    "512, 1024, 512",
    ", 1024, 1024",
    "'', 1024, 1024",
    "0, 1024, 1024",
    "plenty, 1024, 1024",
    "512, , 512",
    ", , ",
    ", 2 GB, ",
    ", -5, ",
    ", 99999999999, ",
  })
  void theContainersMemoryComesBeforeTheTasks(String container, String task, Integer memory) {
    assertThat(
            report(it ->
                    it.memory(task)
                        .containers(Container.builder().name("scanner").memory(container).build()))
                .memory())
        .isEqualTo(Optional.ofNullable(memory));
  }

  /** A sidecar may be listed first. */
  @Test
  void theScannerIsTheContainerWhoseVariablesWereOverridden() {
    Consumer<Task.Builder> two =
        it ->
            it.memory("1024")
                .containers(
                    Container.builder().name("log_router").memory("64").build(),
                    Container.builder().name("scanner").memory("512").build());

    assertThat(
            report(two.andThen(it -> it.overrides(o -> o.containerOverrides(override("scanner")))))
                .memory())
        .contains(512);
    assertThat(report(two).memory()).contains(1024);
    assertThat(
            report(two.andThen(it -> it.overrides(o -> o.containerOverrides(override("other")))))
                .memory())
        .contains(1024);
  }

  private static ContainerOverride override(String container) {
    return ContainerOverride.builder().name(container).build();
  }

  private static TaskReport report(Consumer<Task.Builder> change) {
    Task task = Task.builder().taskArn(ARN).applyMutation(change).build();
    return TaskReports.of(task, Optional.of("https://logs.example"));
  }
}
