package dev.mystical.scanner.app.reconcile;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.reconcile.ReconcileStep;
import dev.mystical.scanner.domain.reconcile.ScanTask;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.StopReason;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.StopOutcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the ledger and the tasks of single scans together. Used by one thread. */
final class Settlement {
  private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

  /** Whoever loses so often to other writers is not needed. */
  private static final int TRIES = 5;

  private final Reconciler.Parts parts;
  private final Places places;

  Settlement(Reconciler.Parts parts, Places places) {
    this.parts = parts;
    this.places = places;
  }

  /** All tasks of one scan, and what the ledger had of it after they were listed. */
  Tally settle(ScanKey key, List<ScanTask> tasks, Found found) throws InterruptedException {
    Optional<Found> at = Optional.of(found);
    for (int tries = 0; tries < TRIES && at.isPresent(); tries++) {
      ReconcileStep step = parts.policy().decide(tasks, at.get());
      switch (step) {
        case ReconcileStep.Fine() -> {
          return Tally.NONE;
        }
        case ReconcileStep.Leave() -> {
          LOG.warn("event=scan-left-alone reason=\"sealed by a later version\"");
          return Tally.LEFT;
        }
        case ReconcileStep.Stop(var strays) -> {
          return stop(key, tasks, strays);
        }
        case ReconcileStep.Rebuild(Scan scan, var strays) -> {
          if (written(Commit.of(scan, at.get().now()))) {
            LOG.info("event=scan-rebuilt tasks={}", tasks.size());
            return Tally.REBUILT.plus(stop(key, tasks, strays));
          }
        }
        case ReconcileStep.Note(Found.Versioned before, Scan scan, var strays) -> {
          if (written(Commit.of(before, scan, at.get().now()))) {
            LOG.info("event=scan-learned-of-task tasks={}", tasks.size());
            return Tally.NOTED.plus(stop(key, tasks, strays));
          }
        }
      }
      at = load(key);
    }
    LOG.warn("event=scan-left-alone reason=\"unreadable, or changed too often\"");
    return Tally.LEFT;
  }

  private boolean written(Commit commit) throws InterruptedException {
    return parts.ledger().commit(commit) instanceof CommitResult.Committed;
  }

  private Optional<Found> load(ScanKey key) throws InterruptedException {
    Map<ScanKey, Found> found = parts.ledger().loadAll(List.of(key));
    return Optional.ofNullable(found.get(key));
  }

  private Tally stop(ScanKey key, List<ScanTask> tasks, List<ScanTask> strays)
      throws InterruptedException {
    int stopped = 0;
    for (ScanTask stray : strays) {
      places.stop();
      // The wait for a place may have been long. What is stopped cannot be started again.
      if (strays(key, tasks).contains(stray) && stop(stray)) {
        stopped++;
      }
    }
    return Tally.ofStopped(stopped);
  }

  private List<ScanTask> strays(ScanKey key, List<ScanTask> tasks) throws InterruptedException {
    return load(key).map(found -> parts.policy().decide(tasks, found).strays()).orElse(List.of());
  }

  private boolean stop(ScanTask stray) throws InterruptedException {
    TaskArn arn = stray.listed().arn();
    Subject subject = Subject.of(stray.scan()).run(stray.provider(), stray.attempt());
    StopOutcome outcome =
        parts.watcher().stop(parts.policy().cluster(), arn, StopReason.LEFT_OVER.text());
    LOG.warn("event=stray-task task={} outcome={}", arn, outcome);
    return switch (outcome) {
      case StopOutcome.Accepted() -> {
        String message = "stopped task " + arn + ", for which nobody waited";
        parts
            .feed()
            .publish(ErrorEvent.warn(ErrorCode.INTERNAL, Stage.SUPERVISE, subject, message));
        yield true;
      }
      case StopOutcome.Unknown() -> false;
      case StopOutcome.Refused(var trouble) -> {
        String message =
            "could not stop task %s, for which nobody waits: %s".formatted(arn, trouble.message());
        parts
            .feed()
            .publish(
                ErrorEvent.warn(ErrorCode.ECS_UNAVAILABLE, Stage.SUPERVISE, subject, message)
                    .withRequest(trouble.requestId()));
        yield false;
      }
    };
  }
}
