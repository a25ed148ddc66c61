package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.TaskEnd;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A task as ECS describes it, in ECS' own words: enumerations grow, so they are texts here.
 *
 * @param lastStatus where it is: PROVISIONING, PENDING, …, STOPPED, or a word not known yet
 * @param desiredStatus where ECS wants it: RUNNING or STOPPED
 * @param startedAt when it came to RUNNING, by ECS' clock
 * @param containers empty as long as it has none, and for some tasks that never started
 * @param memory in MiB, what the scanning container may use
 * @param logUrl where the scanning container's output can be read
 */
public record TaskReport(
    TaskArn arn,
    String lastStatus,
    String desiredStatus,
    Optional<String> stopCode,
    Optional<String> stoppedReason,
    Optional<Instant> startedAt,
    Optional<Instant> stoppedAt,
    List<Container> containers,
    Optional<Integer> memory,
    Optional<String> logUrl) {
  public TaskReport {
    containers = List.copyOf(containers);
  }

  /** One of its containers. */
  public record Container(
      String name, String lastStatus, Optional<Integer> exitCode, Optional<String> reason) {}

  Optional<Container> container(String name) {
    return containers.stream().filter(it -> it.name().equals(name)).findFirst();
  }

  /** Nothing of it runs, and it will not change any more. */
  boolean stopped() {
    return lastStatus.equals("STOPPED") || lastStatus.equals("DELETED");
  }

  /** What of its end is worth keeping. */
  TaskEnd end(String container, Instant now) {
    Optional<Container> scanning = container(container);
    return new TaskEnd(
        stopped() ? stoppedAt.or(() -> Optional.of(now)) : Optional.empty(),
        scanning.flatMap(Container::exitCode),
        stopCode,
        TaskJudge.reason(this, container),
        logUrl);
  }

  /** This task as if nobody had stopped it. */
  TaskReport endedByItself() {
    return new TaskReport(
        arn,
        lastStatus,
        desiredStatus,
        Optional.empty(),
        Optional.empty(),
        startedAt,
        stoppedAt,
        containers,
        memory,
        logUrl);
  }
}
