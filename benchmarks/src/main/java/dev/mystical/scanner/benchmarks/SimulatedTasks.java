package dev.mystical.scanner.benchmarks;

import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.Sights.Sight;
import dev.mystical.scanner.domain.supervise.TaskReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tasks that go up and down the ladder of states at fixed times after their launch. */
final class SimulatedTasks {
  private static final Duration PENDING = Duration.ofSeconds(3);
  private static final Duration RUNNING = Duration.ofSeconds(25);
  private static final Duration DEPROVISIONING = Duration.ofSeconds(5);

  private final Map<TaskArn, Life> lives = new LinkedHashMap<>();
  private final List<News> news = new ArrayList<>();

  /** When a task was launched, and when its container ends. */
  private record Life(Instant launched, Instant ends) {}

  /** A change of state, which an event tells. */
  private record News(Instant at, TaskArn task) {}

  void launch(TaskArn task, Instant now, Duration work) {
    Instant ends = now.plus(RUNNING).plus(work);
    lives.put(task, new Life(now, ends));
    for (Instant at : List.of(now.plus(PENDING), now.plus(RUNNING), ends, stopped(ends))) {
      news.add(new News(at, task));
    }
  }

  /** The tasks whose state changed after one moment, up to another. */
  List<TaskArn> changed(Instant after, Instant upTo) {
    return news.stream()
        .filter(it -> it.at().isAfter(after) && !it.at().isAfter(upTo))
        .map(News::task)
        .toList();
  }

  Sight look(TaskArn task, Instant now) {
    Life life = lives.get(task);
    if (life == null) {
      return new Sight.Missing();
    }
    boolean over = !now.isBefore(life.ends());
    boolean stopped = !now.isBefore(stopped(life.ends()));
    Instant runs = life.launched().plus(RUNNING);
    boolean running = !now.isBefore(runs);
    return new Sight.Known(
        new TaskReport(
            task,
            stopped ? "STOPPED" : over ? "DEPROVISIONING" : running ? "RUNNING" : "PENDING",
            over ? "STOPPED" : "RUNNING",
            over ? Optional.of("EssentialContainerExited") : Optional.empty(),
            Optional.empty(),
            running ? Optional.of(runs) : Optional.empty(),
            stopped ? Optional.of(stopped(life.ends())) : Optional.empty(),
            List.of(
                new TaskReport.Container(
                    "scanner",
                    over ? "STOPPED" : "RUNNING",
                    over ? Optional.of(0) : Optional.empty(),
                    Optional.empty())),
            Optional.empty(),
            Optional.empty()));
  }

  private static Instant stopped(Instant ends) {
    return ends.plus(DEPROVISIONING);
  }
}
