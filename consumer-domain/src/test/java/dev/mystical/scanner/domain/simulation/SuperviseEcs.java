package dev.mystical.scanner.domain.simulation;

import dev.mystical.scanner.domain.launch.InMemoryEcs;
import dev.mystical.scanner.domain.launch.InMemoryTask;
import dev.mystical.scanner.domain.launch.KnownTask;
import dev.mystical.scanner.domain.launch.LaunchOutcome;
import dev.mystical.scanner.domain.launch.TaskRequest;
import dev.mystical.scanner.domain.launch.Trouble;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.Sights;
import dev.mystical.scanner.domain.supervise.StopOutcome;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** An ECS whose tasks have fates, and that answers, or does not, as chance wants while it may. */
final class SuperviseEcs {
  private static final Trouble TROUBLE = Trouble.of("scripted");
  private static final List<LaunchOutcome> REFUSALS =
      List.of(
          new LaunchOutcome.NoCapacity(TROUBLE),
          new LaunchOutcome.QuotaReached(TROUBLE),
          new LaunchOutcome.Misconfigured(TROUBLE));

  private final MovableClock clock;
  private final RandomGenerator random;
  private final InMemoryEcs launches;
  private final List<SuperviseTask.Fate> fates;
  private final Map<TaskArn, SuperviseTask> tasks = new LinkedHashMap<>();

  /**
   * @param fates that chance chooses from; one that stands there twice comes twice as often
   */
  SuperviseEcs(MovableClock clock, RandomGenerator random, List<SuperviseTask.Fate> fates) {
    this.clock = clock;
    this.random = random;
    this.fates = fates;
    this.launches = new InMemoryEcs(clock, "scans", Duration.ofMillis(random.nextInt(1_900)));
  }

  void define(String taskDefinition) {
    launches.define(taskDefinition);
  }

  Collection<SuperviseTask> tasks() {
    return tasks.values();
  }

  LaunchOutcome launch(TaskRequest request, int faultPercent) throws InterruptedException {
    if (random.nextInt(100) < faultPercent) {
      LaunchOutcome refusal = REFUSALS.get(random.nextInt(REFUSALS.size()));
      switch (random.nextInt(5)) {
        case 0 -> launches.executeThenNoAnswer();
        case 1 -> launches.answerNext(new LaunchOutcome.NoAnswer(TROUBLE));
        case 2 -> launches.executeThenDeny(refusal);
        default -> launches.answerNext(refusal);
      }
    }
    LaunchOutcome outcome = launches.launch(request);
    for (InMemoryTask task : launches.tasks()) {
      tasks.computeIfAbsent(
          task.arn(),
          arn ->
              new SuperviseTask(
                  arn,
                  task.request(),
                  clock.instant(),
                  fates.get(random.nextInt(fates.size())),
                  random));
    }
    return outcome;
  }

  /** What a search by name brings, or nothing where it is not answered. */
  Optional<List<KnownTask>> search(String startedBy, int faultPercent) throws InterruptedException {
    if (random.nextInt(100) < faultPercent) {
      return Optional.empty();
    }
    tasks.values().stream()
        .filter(task -> !task.live(clock.instant()))
        .forEach(task -> launches.stops(task.arn()));
    return Optional.of(launches.startedBy("scans", startedBy));
  }

  /** What is answered about tasks; nothing where no answer comes. */
  Map<TaskArn, Sights.Sight> look(Collection<TaskArn> wanted, int faultPercent) {
    Map<TaskArn, Sights.Sight> sights = new HashMap<>();
    if (random.nextInt(100) < faultPercent) {
      return sights;
    }
    for (TaskArn arn : wanted) {
      SuperviseTask task = task(arn);
      sights.put(
          arn,
          task.denied(clock.instant())
              ? new Sights.Sight.Missing()
              : new Sights.Sight.Known(task.report(clock.instant())));
    }
    return sights;
  }

  StopOutcome stop(TaskArn arn, String reason, int faultPercent) {
    if (random.nextInt(100) < faultPercent) {
      return new StopOutcome.Refused(TROUBLE);
    }
    SuperviseTask task = task(arn);
    if (task.denied(clock.instant())) {
      return new StopOutcome.Unknown();
    }
    task.askToStop(reason, clock.instant());
    return new StopOutcome.Accepted();
  }

  private SuperviseTask task(TaskArn arn) {
    return Optional.ofNullable(tasks.get(arn)).orElseThrow();
  }
}
