package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.scan.TaskArn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tasks as ECS describes them, for tests. Each method makes another one of what is there. */
public record SampleReports(TaskReport report) {
  /** The scanning container's name, as sample scans have it. */
  public static final String SCANNER = "scanner";

  /** A task that was just accepted: it has no containers yet. */
  public static SampleReports of(TaskArn arn) {
    return new SampleReports(
        new TaskReport(
            arn,
            "PROVISIONING",
            "RUNNING",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.of(2048),
            Optional.empty()));
  }

  public SampleReports status(String last, String desired) {
    return with(last, desired, report.stopCode(), report.stoppedReason(), report.containers());
  }

  public SampleReports startedAt(Instant at) {
    return new SampleReports(
        new TaskReport(
            report.arn(),
            report.lastStatus(),
            report.desiredStatus(),
            report.stopCode(),
            report.stoppedReason(),
            Optional.of(at),
            report.stoppedAt(),
            report.containers(),
            report.memory(),
            report.logUrl()));
  }

  public SampleReports running(Instant since) {
    return startedAt(since)
        .status("RUNNING", "RUNNING")
        .container("RUNNING", Optional.empty(), Optional.empty());
  }

  /** Stopped, with the words of ECS; where they are empty it says nothing. */
  public SampleReports stopped(String stopCode, String stoppedReason) {
    return with("STOPPED", "STOPPED", text(stopCode), text(stoppedReason), report.containers());
  }

  /** The natural end: the container has exited, and the task follows. */
  public SampleReports exited(int exitCode) {
    return stopped("EssentialContainerExited", "Essential container in task exited")
        .container("STOPPED", Optional.of(exitCode), Optional.empty());
  }

  public SampleReports exited(int exitCode, String reason) {
    return exited(exitCode).container("STOPPED", Optional.of(exitCode), text(reason));
  }

  public SampleReports container(
      String lastStatus, Optional<Integer> exitCode, Optional<String> reason) {
    return with(
        report.lastStatus(),
        report.desiredStatus(),
        report.stopCode(),
        report.stoppedReason(),
        List.of(
            new TaskReport.Container("sidecar", lastStatus, Optional.of(137), Optional.empty()),
            new TaskReport.Container(SCANNER, lastStatus, exitCode, reason)));
  }

  public SampleReports containers(List<TaskReport.Container> containers) {
    return with(
        report.lastStatus(),
        report.desiredStatus(),
        report.stopCode(),
        report.stoppedReason(),
        containers);
  }

  public SampleReports memory(Optional<Integer> mebibytes) {
    return new SampleReports(
        new TaskReport(
            report.arn(),
            report.lastStatus(),
            report.desiredStatus(),
            report.stopCode(),
            report.stoppedReason(),
            report.startedAt(),
            report.stoppedAt(),
            report.containers(),
            mebibytes,
            report.logUrl()));
  }

  private SampleReports with(
      String last,
      String desired,
      Optional<String> stopCode,
      Optional<String> stoppedReason,
      List<TaskReport.Container> containers) {
    return new SampleReports(
        new TaskReport(
            report.arn(),
            last,
            desired,
            stopCode,
            stoppedReason,
            report.startedAt(),
            report.stoppedAt(),
            containers,
            report.memory(),
            report.logUrl()));
  }

  private static Optional<String> text(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
