package dev.mystical.scanner.app.system;

import dev.mystical.scanner.stand.ecs.Fate;
import dev.mystical.scanner.stand.ecs.FateRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A scan whose end is known beforehand.
 *
 * @param runs one, or two
 */
record FatedScan(String scanId, List<FatedRun> runs) {
  /** Every so many scans have another run, which succeeds. */
  private static final int WITH_ANOTHER_RUN = 10;

  FatedScan {
    runs = List.copyOf(runs);
  }

  /** One of its runs, and what ECS is told to do with its tasks. */
  record FatedRun(MixedFate fate, String provider, String startedBy, List<FateRule> rules) {
    FatedRun {
      rules = List.copyOf(rules);
    }

    static FatedRun drawn(String scanId, MixedFate fate, String provider, RandomGenerator random) {
      String startedBy = "scan/" + scanId + "/" + provider;
      List<FateRule> rules = new ArrayList<>();
      List<Fate> tasks = fate.tasks(random);
      for (Fate task : tasks.subList(0, tasks.size() - 1)) {
        rules.add(new FateRule(Map.of("startedBy", startedBy), 1, task));
      }
      rules.add(new FateRule(Map.of("startedBy", startedBy), 0, tasks.getLast()));
      if (provider.equals(MixedFate.WITH_SIDECARS)) {
        for (String sidecar : List.of(MixedFate.PROXY, MixedFate.LOG_ROUTER)) {
          rules.add(
              new FateRule(
                  Map.of("startedBy", startedBy, "container", sidecar),
                  0,
                  fate.sidecar(sidecar, random)));
        }
      }
      return new FatedRun(fate, provider, startedBy, rules);
    }
  }

  /** Three hundred, those first that take longest. */
  static List<FatedScan> drawn(RandomGenerator random) {
    List<MixedFate> fates = new ArrayList<>();
    for (MixedFate fate : MixedFate.values()) {
      fates.addAll(Collections.nCopies(fate.scans(), fate));
    }
    Collections.shuffle(fates, random);
    fates.sort(Comparator.comparing(MixedFate::slow).reversed());
    List<FatedScan> scans = new ArrayList<>();
    for (MixedFate fate : fates) {
      String scanId = "%s-%03d".formatted(fate.name().toLowerCase(Locale.ROOT), scans.size());
      List<FatedRun> runs = new ArrayList<>();
      runs.add(FatedRun.drawn(scanId, fate, fate.provider(), random));
      if (scans.size() % WITH_ANOTHER_RUN == 0 && fate != MixedFate.IS_CANCELLED) {
        runs.add(FatedRun.drawn(scanId, MixedFate.EXITS_WITH_0, "mystical", random));
      }
      scans.add(new FatedScan(scanId, runs));
    }
    return scans;
  }

  boolean isCancelled() {
    return runs.getFirst().fate() == MixedFate.IS_CANCELLED;
  }

  String body() {
    return new Traffic.Good(scanId, runs.stream().map(FatedRun::provider).toList()).body();
  }
}
