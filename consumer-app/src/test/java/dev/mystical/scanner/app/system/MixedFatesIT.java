package dev.mystical.scanner.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.app.system.FatedScan.FatedRun;
import dev.mystical.scanner.app.system.MixedFate.End;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.simulation.Seeds;
import dev.mystical.scanner.stand.ecs.LaunchedTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every launched task is followed to its true end: three hundred scans of mixed fate, while each of
 * three replicas is killed and replaced at random moments, and Redis loses all it has. {@code
 * -Dfaults.seeds} says how often, {@code -Dseeds} repeats one.
 */
class MixedFatesIT {
  private static final Logger LOG = LoggerFactory.getLogger(MixedFatesIT.class);
  private static final int SEEDS = Integer.getInteger("faults.seeds", 1);

  @TempDir private Path folder;

  @Test
  void everyScanEndsAsItsTasksDidWhateverHappensToReplicasAndRedis() {
    Seeds.check(SEEDS, this::check);
  }

  private void check(long seed, RandomGenerator random) throws IOException, InterruptedException {
    MixedFates.Way way = seed % 2 == 0 ? MixedFates.Way.EVENTS : MixedFates.Way.SEALED;
    Path home = Files.createTempDirectory(folder, "seed");
    try (MixedFates fates = new MixedFates(home, way, random)) {
      FaultPlan plan = FaultPlan.drawn(fates.scans().size(), random);
      LOG.info("event=faults seed={} way={} plan={}", seed, way, plan);
      fates.play(plan);
      Map<String, Scan> ended = fates.ended();

      assertThat(wrongEnds(fates, ended)).as("not as their tasks ended").isEmpty();
      fates.tasks().noneRunsOn().noAttemptIsLaunchedTwice().noRunHasTwoTasksAtATime();
      assertThat(wrongAttempts(fates)).as("not as many tasks as it takes").isEmpty();
      assertThat(fates.stopped().stream().filter(MixedFatesIT::isFault)).as("faults").isEmpty();
    }
  }

  private static List<String> wrongEnds(MixedFates fates, Map<String, Scan> ended) {
    List<String> wrong = new ArrayList<>();
    for (FatedScan scan : fates.scans()) {
      for (FatedRun run : scan.runs()) {
        Optional<End> end =
            Optional.ofNullable(ended.get(scan.scanId()))
                .flatMap(it -> find(it, run.provider()))
                .map(End::of);
        if (end.filter(allowed(fates, scan, run)::contains).isEmpty()) {
          wrong.add(run.startedBy() + " " + end + fates.story(scan.scanId()));
        }
      }
    }
    return wrong;
  }

  private static Optional<Run> find(Scan scan, String provider) {
    return scan.runs().stream().filter(run -> run.provider().value().equals(provider)).findFirst();
  }

  /** A wish to cancel goes with the ledger that has it; its task then runs until its timeout. */
  private static Set<End> allowed(MixedFates fates, FatedScan scan, FatedRun run) {
    Set<End> allowed = new HashSet<>(Set.of(run.fate().end()));
    if (scan.isCancelled() && !fates.cancelledForGood(scan.scanId())) {
      allowed.add(MixedFate.RUNS_ON.end());
    }
    return allowed;
  }

  private static List<String> wrongAttempts(MixedFates fates) {
    Map<String, List<LaunchedTask>> tasks = fates.tasks().byRun();
    List<String> wrong = new ArrayList<>();
    for (FatedScan scan : fates.scans()) {
      for (FatedRun run : scan.runs()) {
        int count = tasks.getOrDefault(run.startedBy(), List.of()).size();
        if (count != run.fate().attempts()) {
          wrong.add(run.startedBy() + ": " + count + fates.story(scan.scanId()));
        }
      }
    }
    return wrong;
  }

  /** A replica takes care of what it meets; what it did not expect is a fault of its own. */
  private static boolean isFault(String line) {
    return line.contains("event=round-failed")
        || line.contains("event=supervision-failed")
        || line.contains("event=relaunch-failed")
        || line.contains("event=stop-failed")
        || line.contains("event=loop-stuck");
  }
}
