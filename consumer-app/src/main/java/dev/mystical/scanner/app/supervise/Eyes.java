package dev.mystical.scanner.app.supervise;

import dev.mystical.scanner.app.health.HealthBoard.Dependency;
import dev.mystical.scanner.app.loop.StopSignal;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.launch.Admission;
import dev.mystical.scanner.domain.launch.KnownTask;
import dev.mystical.scanner.domain.launch.TaskRequests;
import dev.mystical.scanner.domain.launch.TasksUnavailable;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.RunId;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.Looks;
import dev.mystical.scanner.domain.supervise.Sights.Sight;
import dev.mystical.scanner.domain.supervise.TaskReport;
import dev.mystical.scanner.domain.supervise.TaskWatcher;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Asks ECS about tasks, within the shared pace of reads. What is not answered is left out: nobody
 * waits for it longer than for one call.
 */
final class Eyes {
  private final Tending tending;
  private final StopSignal stopping;

  Eyes(Tending tending, StopSignal stopping) {
    this.tending = tending;
    this.stopping = stopping;
  }

  /** What ECS says of all these tasks, with as few calls as there are hundreds and clusters. */
  Map<TaskArn, Sight> look(Collection<Looks.Task> tasks) throws InterruptedException {
    Map<String, Set<String>> clusters = new TreeMap<>();
    for (Looks.Task task : tasks) {
      clusters.computeIfAbsent(task.cluster(), it -> new TreeSet<>()).add(task.arn().value());
    }
    Map<TaskArn, Sight> sights = new HashMap<>();
    for (Map.Entry<String, Set<String>> cluster : clusters.entrySet()) {
      List<TaskArn> all = cluster.getValue().stream().map(TaskArn::new).toList();
      for (int from = 0; from < all.size(); from += TaskWatcher.BATCH) {
        List<TaskArn> batch = all.subList(from, Math.min(from + TaskWatcher.BATCH, all.size()));
        sights.putAll(look(cluster.getKey(), batch));
      }
    }
    return sights;
  }

  private Map<TaskArn, Sight> look(String cluster, List<TaskArn> tasks)
      throws InterruptedException {
    if (!admitted(1)) {
      return Map.of();
    }
    try {
      Map<TaskArn, TaskReport> known =
          tending.ports().watcher().look(cluster, tasks).stream()
              .collect(Collectors.toMap(TaskReport::arn, Function.identity(), (a, b) -> a));
      tending.told().health().well(Dependency.ECS);
      return tasks.stream()
          .collect(
              Collectors.toMap(
                  Function.identity(),
                  task ->
                      Optional.ofNullable(known.get(task))
                          .<Sight>map(Sight.Known::new)
                          .orElseGet(Sight.Missing::new)));
    } catch (TasksUnavailable away) {
      unavailable(away);
      return Map.of();
    }
  }

  /** The tasks that were started for a run and have not stopped; nothing where ECS is not asked. */
  Optional<List<KnownTask>> search(String cluster, RunId run) throws InterruptedException {
    // A search is two calls: a list, and a description of what is listed.
    if (!admitted(2)) {
      return Optional.empty();
    }
    try {
      return Optional.of(tending.ports().reader().startedBy(cluster, TaskRequests.startedBy(run)));
    } catch (TasksUnavailable away) {
      unavailable(away);
      return Optional.empty();
    }
  }

  /** Waits for the turns of so many calls; false where too many wait, or the process stops. */
  private boolean admitted(int calls) throws InterruptedException {
    for (int call = 0; call < calls; call++) {
      if (!(tending.ports().pace().read() instanceof Admission.Go(Duration in))
          || stopping.within(in)) {
        return false;
      }
    }
    return true;
  }

  private void unavailable(TasksUnavailable away) throws InterruptedException {
    String message = String.valueOf(away.getMessage());
    tending.told().health().unwell(Dependency.ECS, message);
    tending
        .told()
        .feed()
        .publish(
            ErrorEvent.warn(ErrorCode.ECS_UNAVAILABLE, Stage.SUPERVISE, Subject.SYSTEM, message));
  }
}
