package dev.mystical.scanner.app.reconcile;

import dev.mystical.scanner.app.log.LogScope;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.launch.TasksUnavailable;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.reconcile.ScanTask;
import dev.mystical.scanner.domain.retry.Backoff;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.TaskPage;
import dev.mystical.scanner.domain.supervise.TaskSweep;
import dev.mystical.scanner.domain.supervise.TaskSweep.Listing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes once through all tasks of the cluster. Those of a scan that the ledger has are dealt with
 * page by page; those of one that it has not are gathered, so that it is rebuilt from all of them.
 * Used once, by one thread.
 */
final class Sweep {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  /** A listing that goes on and on is not believed. */
  private static final int MOST_PAGES = 1_000;

  /** So many tasks, with some kilobytes each, are held at once. */
  private static final int MOST_HELD = 2_000;

  private static final int LOADS = 100;
  private static final int TRIES = 5;
  private static final Backoff AGAIN = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(15));

  private final Reconciler.Parts parts;
  private final Places places;
  private final Settlement settlement;
  private final RandomGenerator random;
  private final Map<TaskArn, ScanTask> held = new LinkedHashMap<>();
  private Tally tally = Tally.NONE;

  Sweep(Reconciler.Parts parts, Places places, RandomGenerator random) {
    this.parts = parts;
    this.places = places;
    this.settlement = new Settlement(parts, places);
    this.random = random;
  }

  /**
   * Throws {@link TasksUnavailable}, {@link LedgerUnavailable} or {@link Places.TurnLost} where it
   * could not come to its end.
   */
  Tally run() throws InterruptedException {
    // A task goes from the first listing to the second and never back, so none is missed.
    all(Listing.RUNNING);
    all(Listing.STOPPED);
    settleHeld();
    return tally;
  }

  private void all(Listing listing) throws InterruptedException {
    Optional<String> token = Optional.empty();
    for (int number = 0; number < MOST_PAGES; number++) {
      TaskPage page = page(listing, token);
      settleKnown(page.tasks().stream().flatMap(task -> ScanTask.of(task).stream()).toList());
      if (held.size() >= MOST_HELD) {
        settleHeld();
      }
      if (page.next().isEmpty()) {
        return;
      }
      token = page.next();
    }
    throw new TasksUnavailable(
        "ECS lists tasks without end",
        new IllegalStateException("more than %d pages".formatted(MOST_PAGES)));
  }

  /** A page that fails is asked for again, so that a long list comes to its end nevertheless. */
  private TaskPage page(Listing listing, Optional<String> token) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      for (int call = 0; call < TaskSweep.CALLS; call++) {
        places.read();
      }
      try {
        return parts.sweep().page(parts.policy().cluster(), listing, token);
      } catch (TasksUnavailable away) {
        if (away.denied() || tries == TRIES) {
          throw away;
        }
        LOG.debug("event=page-failed listing={} reason=\"{}\"", listing, away.getMessage());
        places.rest(AGAIN.delay(tries - 1, random));
      }
    }
  }

  private void settleKnown(List<ScanTask> tasks) throws InterruptedException {
    tally = tally.plus(Tally.ofTasks(tasks.size()));
    Map<ScanKey, List<ScanTask>> scans = byScan(tasks);
    Map<ScanKey, Found> found = parts.ledger().loadAll(scans.keySet());
    for (Map.Entry<ScanKey, List<ScanTask>> scan : scans.entrySet()) {
      Optional<Found> known = Optional.ofNullable(found.get(scan.getKey()));
      if (known.filter(it -> it.entry() instanceof Found.Absent).isPresent()) {
        scan.getValue().forEach(task -> held.put(task.listed().arn(), task));
      } else {
        settle(scan.getKey(), scan.getValue(), known);
      }
    }
  }

  private void settleHeld() throws InterruptedException {
    List<Map.Entry<ScanKey, List<ScanTask>>> scans = List.copyOf(byScan(held.values()).entrySet());
    held.clear();
    for (int from = 0; from < scans.size(); from += LOADS) {
      places.keep();
      List<Map.Entry<ScanKey, List<ScanTask>>> some =
          scans.subList(from, Math.min(from + LOADS, scans.size()));
      Map<ScanKey, Found> found =
          parts.ledger().loadAll(some.stream().map(Map.Entry::getKey).toList());
      for (Map.Entry<ScanKey, List<ScanTask>> scan : some) {
        settle(scan.getKey(), scan.getValue(), Optional.ofNullable(found.get(scan.getKey())));
      }
    }
  }

  /** What goes wrong with one scan is told and must not keep the others from being dealt with. */
  private void settle(ScanKey key, List<ScanTask> tasks, Optional<Found> found)
      throws InterruptedException {
    LogScope.of(key).during(() -> settleOne(key, tasks, found));
  }

  private void settleOne(ScanKey key, List<ScanTask> tasks, Optional<Found> found)
      throws InterruptedException {
    if (found.isEmpty()) {
      // The ledger cannot read it, and has said so: a later version wrote it.
      tally = tally.plus(Tally.LEFT);
      return;
    }
    try {
      tally = tally.plus(settlement.settle(key, tasks, found.get()));
    } catch (LedgerUnavailable | Places.TurnLost end) {
      throw end;
    } catch (RuntimeException failure) {
      LOG.error("event=reconcile-failed", failure);
      parts
          .feed()
          .publish(
              ErrorEvent.error(
                  ErrorCode.INTERNAL,
                  Stage.SUPERVISE,
                  Subject.of(key),
                  "its tasks could not be reconciled: " + failure));
      tally = tally.plus(Tally.LEFT);
    }
  }

  private static Map<ScanKey, List<ScanTask>> byScan(Collection<ScanTask> tasks) {
    Map<ScanKey, List<ScanTask>> scans = new LinkedHashMap<>();
    tasks.forEach(
        task -> scans.computeIfAbsent(task.scan(), ignored -> new ArrayList<>()).add(task));
    return scans;
  }
}
