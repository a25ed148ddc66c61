package dev.mystical.scanner.domain.reconcile;

import dev.mystical.scanner.domain.launch.Traceparent;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes a scan that the ledger does not have out of its tasks, given in their order. Runs without a
 * task wait: for their message, if there still is one.
 */
record Rebuilding(Reconciliation policy, Instant now) {
  ReconcileStep step(List<ScanTask> tasks) {
    Map<ScanTask, Evidence> evidence = new LinkedHashMap<>();
    tasks.forEach(task -> evidence.put(task, policy.evidence(task)));
    if (evidence.containsValue(new Evidence.Unreadable())) {
      return new ReconcileStep.Leave();
    }
    return origin(evidence)
        .or(() -> told(evidence))
        .map(base -> rebuilt(base, evidence))
        .orElseGet(() -> Reconciliation.stop(tasks));
  }

  /** What was sealed; a retry changes it in nothing but its series, and the latest counts. */
  private static Optional<Scan> origin(Map<ScanTask, Evidence> evidence) {
    return evidence.values().stream()
        .filter(Evidence.Sealed.class::isInstance)
        .map(it -> ((Evidence.Sealed) it).origin())
        .max(Comparator.comparingInt(Scan::series));
  }

  /** What the variables tell. They may be anybody's, so the latest attempts have the word. */
  private Optional<Scan> told(Map<ScanTask, Evidence> evidence) {
    Map<ProviderId, ScanTask> latest = new LinkedHashMap<>();
    evidence.forEach((task, word) -> {
      if (word instanceof Evidence.Word) {
        latest.merge(task.provider(), task, (a, b) -> b.attempt() > a.attempt() ? b : a);
      }
    });
    List<ScanTask> tellers =
        latest.values().stream().sorted(Comparator.comparing(ScanTask::provider)).toList();
    return tellers.stream()
        .flatMap(task -> Variables.request(task).stream())
        .findFirst()
        .map(request -> queued(request, tellers));
  }

  private Scan queued(ScanRequest first, List<ScanTask> tellers) {
    ScanRequest request = first;
    Set<ProviderId> known =
        first.providers().stream().map(it -> it.id()).collect(Collectors.toSet());
    for (ScanTask teller : tellers) {
      if (!known.contains(teller.provider())) {
        request = Variables.with(request, Variables.provider(teller));
      }
    }
    return Scan.queued(
        tellers.getFirst().scan(),
        request,
        Scan.UNKNOWN_DIGEST,
        tellers.getFirst().variable("TRACEPARENT").filter(Traceparent::valid),
        earliest(tellers));
  }

  private ReconcileStep rebuilt(Scan base, Map<ScanTask, Evidence> evidence) {
    List<ScanTask> strays = new ArrayList<>();
    Scan scan = base;
    Instant began = earliest(evidence.keySet());
    for (Map.Entry<ScanTask, Evidence> entry : evidence.entrySet()) {
      ScanTask task = entry.getKey();
      if (entry.getValue() instanceof Evidence.None || !asked(scan, task) || taken(scan, task)) {
        strays.add(task);
      } else {
        scan =
            scan.with(
                task.provider(), run -> Adoption.later(run, policy.attempt(task, now), now), began);
      }
    }
    return new ReconcileStep.Rebuild(
        inSeries(scan, evidence), strays.stream().filter(ScanTask::alive).toList());
  }

  private Scan inSeries(Scan rebuilt, Map<ScanTask, Evidence> evidence) {
    Scan scan = rebuilt;
    for (Run run : rebuilt.runs()) {
      Optional<Integer> first =
          evidence.entrySet().stream()
              .filter(entry -> entry.getKey().provider().equals(run.provider()))
              .filter(entry -> series(entry.getValue()) == rebuilt.series())
              .map(entry -> entry.getKey().attempt())
              .min(Integer::compareTo);
      if (rebuilt.series() > 0 && first.isPresent()) {
        scan = scan.with(run.provider(), it -> Adoption.inSeries(it, first.get()), now);
      }
    }
    return scan;
  }

  private static int series(Evidence evidence) {
    return evidence instanceof Evidence.Sealed(Scan origin) ? origin.series() : 0;
  }

  private static boolean asked(Scan scan, ScanTask task) {
    return scan.runs().stream().anyMatch(run -> run.provider().equals(task.provider()));
  }

  /** Whether a better task stands for that attempt already. */
  private static boolean taken(Scan scan, ScanTask task) {
    return scan.run(task.provider()).attempts().stream()
        .anyMatch(attempt -> attempt.number() == task.attempt());
  }

  private Instant earliest(Iterable<ScanTask> tasks) {
    Instant earliest = now;
    for (ScanTask task : tasks) {
      Instant created = task.created(now);
      earliest = created.isBefore(earliest) ? created : earliest;
    }
    return earliest;
  }
}
