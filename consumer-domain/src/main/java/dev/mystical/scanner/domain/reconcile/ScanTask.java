package dev.mystical.scanner.domain.reconcile;

import dev.mystical.scanner.domain.launch.TaskRequests;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.RunId;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.domain.supervise.ListedTask;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A task that is one of ours: its name and its tags agree on which attempt of which run it is.
 *
 * @param deadline when its work is no longer awaited
 */
public record ScanTask(
    ListedTask listed, ScanKey scan, ProviderId provider, int attempt, Instant deadline) {
  private static final Set<String> OVER = Set.of("STOPPED", "DELETED");

  /** Empty for every task that is somebody else's or contradicts itself: it is left alone. */
  public static Optional<ScanTask> of(ListedTask task) {
    Map<String, String> tags = task.tags();
    try {
      ScanTask ours =
          new ScanTask(
              task,
              new ScanKey(
                  new Tenant(tags.getOrDefault("scan:tenant", "")),
                  new ScanId(tags.getOrDefault("scan:id", ""))),
              new ProviderId(tags.getOrDefault("scan:provider", "")),
              Integer.parseInt(tags.getOrDefault("scan:attempt", "")),
              Instant.parse(tags.getOrDefault("scan:deadline", "")));
      return ours.consistent() ? Optional.of(ours) : Optional.empty();
    } catch (IllegalArgumentException | DateTimeException notOurs) {
      return Optional.empty();
    }
  }

  private boolean consistent() {
    return attempt >= 1
        && listed.container().isPresent()
        && !listed.taskDefinition().isBlank()
        && listed.startedBy().equals(TaskRequests.startedBy(run()))
        && run().toString().equals(listed.tags().get("scan:run"));
  }

  TaskArn arn() {
    return listed.arn();
  }

  RunId run() {
    return new RunId(scan.id(), provider);
  }

  /** Whether it runs and nobody has asked it to stop. */
  boolean alive() {
    return !OVER.contains(listed.lastStatus()) && !OVER.contains(listed.desiredStatus());
  }

  Optional<String> variable(String name) {
    return Optional.ofNullable(listed.environment().get(name));
  }

  /** When ECS accepted it; by ECS' clock, which may be ahead of the ledger's. */
  Instant created(Instant now) {
    return listed.createdAt().filter(now::isAfter).orElse(now);
  }
}
