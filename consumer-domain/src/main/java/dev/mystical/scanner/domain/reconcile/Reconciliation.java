package dev.mystical.scanner.domain.reconcile;

import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.Course;
import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.TaskSpec;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Decides what the tasks of one scan mean for the ledger, which was asked after they were listed.
 *
 * <p>An attempt is written before its task is launched. So a ledger that does not know an attempt
 * has lost something: the task is the only witness left, and the ledger learns from it. What a task
 * says it did not do itself is left to the supervisor: a task that became known is looked at like
 * any other, be it running or stopped. Only a task that no attempt can stand for is stopped here.
 *
 * @param key opens seals; without one there is the default tenant alone
 * @param cluster where the tasks were listed
 */
public record Reconciliation(Optional<TokenKey> key, OriginReader reader, String cluster) {
  /** One that runs before one that does not; the first of those, and the last of these. */
  private static final Comparator<ScanTask> BEST =
      Comparator.comparing((ScanTask task) -> !task.alive())
          .thenComparing((a, b) -> a.alive() ? age(a, b) : age(b, a));

  /** By attempt, and then the one that shall stand for it first. */
  static final Comparator<ScanTask> ORDER =
      Comparator.comparingInt(ScanTask::attempt).thenComparing(BEST);

  /** Tasks that are all of the scan that was asked for. */
  public ReconcileStep decide(List<ScanTask> tasks, Found found) {
    List<ScanTask> ordered = tasks.stream().sorted(ORDER).toList();
    return switch (found.entry()) {
      case Found.Absent() -> new Rebuilding(this, found.now()).step(ordered);
      case Found.Versioned known -> new Comparing(this, known, found.now()).step(ordered);
      case Found.Refused ignored -> stop(ordered);
    };
  }

  static ReconcileStep stop(List<ScanTask> tasks) {
    List<ScanTask> alive = tasks.stream().filter(ScanTask::alive).toList();
    return alive.isEmpty() ? new ReconcileStep.Fine() : new ReconcileStep.Stop(alive);
  }

  Evidence evidence(ScanTask task) {
    return Evidence.of(task, key, reader);
  }

  /** The attempt that a task is. Which placement it was is not known, and matters no more. */
  Attempt attempt(ScanTask task, Instant now) {
    Instant created = task.created(now);
    TaskSpec spec =
        new TaskSpec(
            cluster,
            task.listed().taskDefinition(),
            task.listed().container().orElseThrow(),
            task.listed().placement(),
            Network.NONE,
            task.deadline(),
            task.variable("SCAN_API_URL"));
    return new Attempt(
        task.attempt(),
        0,
        spec,
        created,
        Optional.of(task.arn()),
        Optional.of(created),
        Course.NONE);
  }

  private static int age(ScanTask a, ScanTask b) {
    return Comparator.comparing((ScanTask task) -> task.listed().createdAt().orElse(Instant.MAX))
        .compare(a, b);
  }
}
