package dev.mystical.scanner.app.supervise;

import dev.mystical.scanner.app.consume.LedgerTime;
import dev.mystical.scanner.app.log.LogScope;
import dev.mystical.scanner.app.metrics.Counters.Count;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.launch.KnownTask;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.Looks;
import dev.mystical.scanner.domain.supervise.RunRef;
import dev.mystical.scanner.domain.supervise.RunTimers;
import dev.mystical.scanner.domain.supervise.Sights;
import dev.mystical.scanner.domain.supervise.SuperviseStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One claim of due runs, from their documents over one look at all their tasks to what is committed
 * for each. The trouble of one run is that run's alone. Used once, by one thread.
 */
final class Round {
  private static final Logger LOG = LoggerFactory.getLogger(Round.class);

  /** Searches are dear, and must not hold up those whose tasks are known. */
  private static final int SEARCHES = 4;

  private static final Duration AFTER_FAULT = Duration.ofMinutes(1);
  private static final Duration AFTER_DOUBT = Duration.ofSeconds(2);
  private static final Duration AFTER_RACE = Duration.ofMillis(500);

  /** What rounds work with. */
  record Parts(
      Tending tending, Eyes eyes, Stopper stopper, Relaunches relaunches, LedgerTime time) {}

  private final Parts parts;
  private final RunTimers.Claim claim;
  private final Map<ScanKey, Found.Versioned> scans = new HashMap<>();
  private final Map<RunRef, Looks> looks = new LinkedHashMap<>();
  private final Map<RunRef, Instant> putOff = new HashMap<>();
  private final List<RunRef> gone = new ArrayList<>();
  private int searches;

  /** The ledger may not know of all tasks yet: a run that waits may have one. */
  private boolean doubtful;

  Round(Parts parts, RunTimers.Claim claim) {
    this.parts = parts;
    this.claim = claim;
  }

  void run() throws InterruptedException {
    load();
    List<Looks.Task> tasks = looks.values().stream().flatMap(it -> it.tasks().stream()).toList();
    Map<TaskArn, Sights.Sight> seen = parts.eyes().look(tasks);
    for (Map.Entry<RunRef, Looks> entry : looks.entrySet()) {
      RunRef run = entry.getKey();
      LogScope.of(run.scan(), run.provider()).during(() -> look(run, entry.getValue(), seen));
    }
    parts.tending().ports().timers().putOff(claim, putOff);
    parts.tending().ports().timers().forget(gone);
  }

  private void look(RunRef run, Looks wanted, Map<TaskArn, Sights.Sight> seen)
      throws InterruptedException {
    try {
      step(run, sights(run, wanted, seen));
    } catch (LedgerUnavailable away) {
      throw away;
    } catch (RuntimeException fault) {
      faulty(run, fault);
    }
  }

  private void load() throws InterruptedException {
    List<ScanKey> keys = claim.runs().stream().map(RunRef::scan).distinct().toList();
    Map<ScanKey, Found> found = parts.tending().ports().ledger().loadAll(keys);
    doubtful = found.values().stream().anyMatch(it -> it.doubtfulBefore().isAfter(Instant.EPOCH));
    for (RunRef run : claim.runs()) {
      // What cannot be read is left out, and looked at again when its lease is over.
      Optional.ofNullable(found.get(run.scan())).ifPresent(it -> take(run, it));
    }
  }

  private void take(RunRef run, Found found) {
    switch (found.entry()) {
      case Found.Versioned scan -> {
        scans.put(run.scan(), scan);
        looks.put(run, parts.tending().policy().looks(scan.scan(), run.provider()));
      }
      case Found.Absent absent -> gone.add(run);
      case Found.Refused refused -> gone.add(run);
    }
  }

  private Sights sights(RunRef run, Looks wanted, Map<TaskArn, Sights.Sight> seen)
      throws InterruptedException {
    Map<TaskArn, Sights.Sight> tasks = new HashMap<>();
    for (Looks.Task task : wanted.tasks()) {
      Optional.ofNullable(seen.get(task.arn())).ifPresent(it -> tasks.put(task.arn(), it));
    }
    Map<Integer, List<KnownTask>> found = new HashMap<>();
    for (Attempt attempt : wanted.searches()) {
      if (searches < SEARCHES) {
        searches++;
        parts
            .eyes()
            .search(attempt.spec().cluster(), scan(run).scan().runId(run.provider()))
            .ifPresent(it -> found.put(attempt.number(), it));
      }
    }
    return new Sights(tasks, found, claim.eventsFlow());
  }

  private void step(RunRef run, Sights sights) throws InterruptedException {
    Found.Versioned at = scan(run);
    Instant now = parts.time().instant();
    switch (parts.tending().policy().step(at.scan(), run.provider(), sights, now)) {
      case SuperviseStep.LookAgain(Instant again) -> putOff.put(run, again);
      case SuperviseStep.Relaunch() ->
          putOff.put(
              run, doubtful ? now.plus(AFTER_DOUBT) : parts.relaunches().accept(run, at, now));
      case SuperviseStep.Write write -> write(run, at, write, now);
    }
  }

  private void write(RunRef run, Found.Versioned at, SuperviseStep.Write write, Instant now)
      throws InterruptedException {
    Commit commit =
        Commit.of(at, write.scan(), now)
            .looking(run.provider(), write.again())
            .withErrors(write.errors());
    switch (parts.tending().ports().ledger().commit(commit)) {
      case CommitResult.Committed(long version, Instant then) -> {
        parts.time().told(then);
        scans.put(run.scan(), new Found.Versioned(write.scan(), version));
        log(run, at.scan(), write.scan());
        write.stops().forEach(parts.stopper()::accept);
      }
      case CommitResult.Stale stale -> putOff.put(run, now.plus(AFTER_RACE));
    }
  }

  private static void log(RunRef run, Scan before, Scan after) {
    boolean ended = after.run(run.provider()).status().ended();
    if (ended && !before.run(run.provider()).status().ended()) {
      LOG.info(
          "event=run-ended runId={} status={}",
          after.runId(run.provider()),
          after.run(run.provider()).status());
    }
  }

  private void faulty(RunRef run, RuntimeException fault) throws InterruptedException {
    parts.tending().told().counters().add(Count.FAULTS);
    LOG.error("event=supervision-failed", fault);
    putOff.put(run, parts.time().instant().plus(AFTER_FAULT));
    parts
        .tending()
        .told()
        .feed()
        .publish(
            ErrorEvent.error(
                ErrorCode.INTERNAL,
                Stage.SUPERVISE,
                Subject.of(run.scan()).run(run.provider(), 1),
                fault.toString()));
  }

  private Found.Versioned scan(RunRef run) {
    Found.Versioned known = scans.get(run.scan());
    if (known == null) {
      throw new IllegalStateException("every run that is looked at has its scan");
    }
    return known;
  }
}
