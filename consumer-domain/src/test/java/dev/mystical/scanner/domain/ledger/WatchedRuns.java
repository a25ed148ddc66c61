package dev.mystical.scanner.domain.ledger;

import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.RunRef;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The timers and tasks of a ledger in memory, which guards it. */
public final class WatchedRuns {
  private final Map<RunRef, Instant> timers = new LinkedHashMap<>();
  private final Map<TaskArn, RunRef> tasks = new LinkedHashMap<>();
  private final Set<RunRef> hurried = new HashSet<>();

  WatchedRuns() {}

  Map<RunRef, Instant> timers() {
    return Map.copyOf(timers);
  }

  Map<TaskArn, RunRef> tasks() {
    return Map.copyOf(tasks);
  }

  /** Writes what a commit says; runs that were hurried stay due. */
  void apply(Commit commit) {
    ScanKey scan = commit.scan().key();
    commit
        .timers()
        .forEach((provider, due) -> {
          RunRef run = new RunRef(scan, provider);
          if (due.isEmpty()) {
            remove(run);
          } else if (!hurried.contains(run)) {
            timers.put(run, due.get());
          }
        });
    commit
        .tasks()
        .forEach((task, provider) ->
            provider.ifPresentOrElse(
                it -> tasks.put(task, new RunRef(scan, it)), () -> tasks.remove(task)));
  }

  void clear() {
    timers.clear();
    tasks.clear();
    hurried.clear();
  }

  /** The runs that are due, the longest due first. */
  public List<RunRef> due(Instant now) {
    return timers.entrySet().stream()
        .filter(timer -> !timer.getValue().isAfter(now))
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** When the first one is due. */
  public Optional<Instant> first() {
    return timers.values().stream().min(Comparator.naturalOrder());
  }

  /** When a run is due, if it has a timer. */
  public Optional<Instant> timer(RunRef run) {
    return Optional.ofNullable(timers.get(run));
  }

  public Optional<RunRef> owner(TaskArn task) {
    return Optional.ofNullable(tasks.get(task));
  }

  /** Sets the timer of a run that has one. */
  public void set(RunRef run, Instant due) {
    timers.replace(run, due);
    hurried.remove(run);
  }

  /** Makes a run that has a timer due until it is claimed. */
  public void hurry(RunRef run, Instant now) {
    if (timers.computeIfPresent(run, (it, due) -> due.isAfter(now) ? now : due) != null) {
      hurried.add(run);
    }
  }

  public void remove(RunRef run) {
    timers.remove(run);
    hurried.remove(run);
  }

  public int size() {
    return timers.size();
  }
}
