package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A task that was launched for a scan, with what its launch said: enough to rebuild the scan.
 * Anybody who may run tasks can write such a task, so nothing in it is to be believed unchecked.
 *
 * @param lastStatus where it is, in ECS' own word
 * @param desiredStatus where ECS wants it: RUNNING or STOPPED
 * @param startedBy the name it was started under, of this form: scan/id/provider
 * @param taskDefinition its ARN, revision included
 * @param container whose variables were overridden; absent where none were
 * @param environment the overridden variables
 * @param placement where it runs, which is also said where the cluster's default decided
 * @param createdAt when ECS accepted it, by ECS' clock
 * @param startedAt when it came to RUNNING, by ECS' clock
 */
public record ListedTask(
    TaskArn arn,
    String lastStatus,
    String desiredStatus,
    String startedBy,
    Map<String, String> tags,
    String taskDefinition,
    Optional<String> container,
    Map<String, String> environment,
    Placement placement,
    Optional<Instant> createdAt,
    Optional<Instant> startedAt) {
  public ListedTask {
    tags = Map.copyOf(tags);
    environment = Map.copyOf(environment);
  }

  /** Variables hold a run's token. */
  @Override
  public String toString() {
    return "task %s, %s, %s".formatted(arn, startedBy, lastStatus);
  }
}
