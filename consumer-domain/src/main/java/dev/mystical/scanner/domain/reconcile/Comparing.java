package dev.mystical.scanner.domain.reconcile;

import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanRequest;
import dev.mystical.scanner.domain.scan.StopReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Compares a scan that the ledger has with its tasks; used once, by one thread. */
final class Comparing {
  /**
   * A launch under way learns of its own task. One that takes longer than this is not under way: it
   * was launched, and the ledger has lost that.
   */
  private static final Duration FORGOTTEN = Duration.ofMinutes(5);

  private final Reconciliation policy;
  private final Found.Versioned before;
  private final Instant now;
  private final List<ScanTask> strays = new ArrayList<>();
  private Scan scan;

  Comparing(Reconciliation policy, Found.Versioned before, Instant now) {
    this.policy = policy;
    this.before = before;
    this.now = now;
    this.scan = before.scan();
  }

  /** Tasks in their order, so that the one that shall stand for an attempt comes first. */
  ReconcileStep step(List<ScanTask> tasks) {
    tasks.forEach(this::compare);
    List<ScanTask> alive = strays.stream().filter(ScanTask::alive).toList();
    if (!scan.equals(before.scan())) {
      return new ReconcileStep.Note(before, scan, alive);
    }
    return Reconciliation.stop(alive);
  }

  private void compare(ScanTask task) {
    Optional<Run> run = run(task).or(() -> widened(task));
    if (run.isEmpty()) {
      strays.add(task);
      return;
    }
    run.get().attempts().stream()
        .filter(attempt -> attempt.number() == task.attempt())
        .findFirst()
        .ifPresentOrElse(
            attempt -> known(run.get(), attempt, task), () -> unknown(run.get(), task));
  }

  private void known(Run run, Attempt attempt, ScanTask task) {
    boolean its = attempt.task().map(task.arn()::equals).orElse(true);
    if (!its || attempt.over()) {
      strays.add(task);
    } else if (current(run, attempt)) {
      adoptForgotten(attempt, task);
    } else {
      note(task, it -> it.task().isEmpty() ? it.launched(task.arn(), task.created(now)) : it);
      note(task, it -> it.stopping(StopReason.LEFT_OVER, now));
    }
  }

  private void adoptForgotten(Attempt attempt, ScanTask task) {
    if (attempt.task().isEmpty() && task.created(now).plus(FORGOTTEN).isBefore(now)) {
      scan = scan.with(task.provider(), it -> it.launched(task.arn(), task.created(now)), now);
    }
  }

  private void unknown(Run run, ScanTask task) {
    boolean later =
        run.lastAttempt().map(attempt -> attempt.number() < task.attempt()).orElse(true);
    if (run.status().ended() || !later || !trusted(task)) {
      strays.add(task);
      return;
    }
    scan =
        scan.with(task.provider(), it -> Adoption.later(it, policy.attempt(task, now), now), now);
  }

  private boolean trusted(ScanTask task) {
    return switch (policy.evidence(task)) {
      case Evidence.Sealed ignored -> true;
      case Evidence.Word ignored -> true;
      case Evidence.Unreadable ignored -> true;
      case Evidence.None ignored -> false;
    };
  }

  private Optional<Run> run(ScanTask task) {
    return scan.runs().stream().filter(run -> run.provider().equals(task.provider())).findFirst();
  }

  /** A scan of which only some tasks had shown may have more runs than it knows. */
  private Optional<Run> widened(ScanTask task) {
    Optional<ScanRequest> told = Variables.request(task);
    boolean fits =
        scan.digest().equals(Scan.UNKNOWN_DIGEST)
            && policy.evidence(task) instanceof Evidence.Word
            && told.map(it -> it.project().equals(scan.request().project())).orElse(false)
            && told.map(it -> it.target().equals(scan.request().target())).orElse(false);
    if (!fits) {
      return Optional.empty();
    }
    ScanRequest wider = Variables.with(scan.request(), Variables.provider(task));
    scan = scan.completed(wider, Scan.UNKNOWN_DIGEST);
    return run(task);
  }

  private void note(ScanTask task, UnaryOperator<Attempt> change) {
    scan = scan.noting(task.provider(), task.attempt(), change);
  }

  /** Whether the run waits for the end of this attempt, or for its launch. */
  private static boolean current(Run run, Attempt attempt) {
    return run.attempts().getLast().number() == attempt.number()
        && (run.status() == RunStatus.LAUNCHING || run.status().launched());
  }
}
