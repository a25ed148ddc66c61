package dev.mystical.scanner.domain.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.simulation.SuperviseTask.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Whole scans, from their message to the stop of their last task, with workers that crash, an ECS
 * that denies, forgets and refuses, a ledger that fails and a person who cancels and retries, on
 * one thread. What must never happen is held against each commit by {@link SuperviseLedger}.
 */
class SuperviseSimulationTest {
  /** More than a scan can take whose every attempt fails as late as it can, three times over. */
  private static final Duration LONGEST = Duration.ofDays(2);

  @Test
  void everyScanEndsAndLeavesNothingRunning() {
    Seeds.check(
        1_000,
        random -> {
          SuperviseWorld world = new SuperviseWorld(random, random.nextInt(50), fates(random));
          live(world);
          assertEnded(world);
        });
  }

  @Test
  void withoutFaultsARunNeverHasTwoTasksAtOnce() {
    Seeds.check(
        200,
        random -> {
          List<Fate> fates = new ArrayList<>(fates(random));
          fates.removeIf(Fate.NEVER_STOPS::equals);
          fates.add(Fate.EXITS);
          SuperviseWorld world = new SuperviseWorld(random, 0, fates);
          Instant end = world.clock.instant().plus(LONGEST);
          while (working(world) && world.clock.instant().isBefore(end)) {
            world.runUntil(world.clock.instant().plusSeconds(20));
            for (Run run : world.ledger.scan().runs()) {
              assertThat(live(world, run.provider())).hasSizeLessThanOrEqualTo(1);
            }
          }
          assertEnded(world);
        });
  }

  /** A simulation that never meets a trouble proves nothing of it. */
  @Test
  void theWorldsMeetEveryKindOfEnd() throws InterruptedException {
    Set<String> met = new TreeSet<>();
    for (int seed = 0; seed < 120; seed++) {
      RandomGenerator random = new Random(seed);
      SuperviseWorld world = new SuperviseWorld(random, random.nextInt(50), fates(random));
      live(world);
      for (Run run : world.ledger.scan().runs()) {
        met.add(run.status().name());
        run.error().ifPresent(error -> met.add(error.code().name()));
        run.attempts().stream()
            .flatMap(attempt -> attempt.course().failure().stream())
            .forEach(code -> met.add(code.name()));
      }
    }

    assertThat(met)
        .contains(
            "SUCCEEDED",
            "FAILED",
            "TIMED_OUT",
            "CANCELLED",
            "START_TIMEOUT",
            "RUN_TIMEOUT",
            "QUEUE_TIMEOUT",
            "SPOT_INTERRUPTED",
            "OUT_OF_MEMORY",
            "TASK_FAILED",
            "TASK_LOST",
            "ECS_CAPACITY",
            "ECS_CONFIG");
  }

  private static final List<Fate> ALL = List.of(Fate.values());

  /** Some worlds are of one kind, most are a mixture. */
  private static List<Fate> fates(RandomGenerator random) {
    List<Fate> fates = new ArrayList<>();
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      fates.add(ALL.get(random.nextInt(ALL.size())));
    }
    return fates;
  }

  private static void live(SuperviseWorld world) throws InterruptedException {
    Instant end = world.clock.instant().plus(LONGEST);
    while (working(world) && world.clock.instant().isBefore(end)) {
      world.runUntil(world.clock.instant().plus(Duration.ofMinutes(10)));
    }
  }

  /** Whether there is more to come than the stop of what never stops. */
  private static boolean working(SuperviseWorld world) {
    Instant now = world.clock.instant();
    Scan scan = world.ledger.scan();
    if (!scan.status().ended() || !world.personIsDone()) {
      return true;
    }
    boolean stuck = world.ecs.tasks().stream().anyMatch(task -> stuck(task, now));
    boolean longEnded = scan.endedAt().orElseThrow().plus(Duration.ofMinutes(30)).isBefore(now);
    return stuck ? !longEnded : world.ledger.watching();
  }

  private static boolean stuck(SuperviseTask task, Instant now) {
    return task.fate() == Fate.NEVER_STOPS && task.live(now);
  }

  private static void assertEnded(SuperviseWorld world) throws InterruptedException {
    Scan scan = world.ledger.scan();
    Instant now = world.clock.instant();
    assertThat(scan.status().ended()).as("L1: the scan ends").isTrue();
    assertThat(world.personIsDone()).isTrue();
    List<SuperviseTask> stuck =
        world.ecs.tasks().stream().filter(task -> stuck(task, now)).toList();
    assertThat(world.ecs.tasks().stream().filter(task -> task.live(now)))
        .as("L3: nothing runs but what never stops")
        .containsExactlyInAnyOrderElementsOf(stuck);
    stuck.forEach(task -> assertWatchedAndTold(world, task));
    stuck.forEach(task -> task.release(now));
    world.runUntil(now.plus(Duration.ofMinutes(10)));
    assertThat(world.ledger.watching()).as("L6: no timer is left").isFalse();
    assertThat(world.ledger.scan().status()).isEqualTo(scan.status());
    Scan last = world.ledger.scan();
    last.runs().forEach(run -> assertRun(world, last, run));
  }

  private static void assertWatchedAndTold(SuperviseWorld world, SuperviseTask task) {
    assertThat(world.ledger.watching()).isTrue();
    assertThat(world.ledger.errors())
        .as("what people are told of %s", task)
        .anyMatch(error ->
            error.code() == ErrorCode.TASK_LOST
                && error.message().contains("does not stop task " + task.arn()));
  }

  private static void assertRun(SuperviseWorld world, Scan scan, Run run) {
    List<SuperviseTask> tasks = world.tasks(run.provider());
    assertThat(tasks.stream().map(task -> task.request().clientToken()))
        .as("I2: one task for each placement of each attempt")
        .doesNotHaveDuplicates();
    assertThat(run.attempts()).allMatch(Attempt::over);
    assertThat(run.series().stream().filter(attempt -> failed(attempt, false)).count())
        .as("attempts that failed")
        .isLessThanOrEqualTo(3);
    assertThat(run.series().stream().filter(attempt -> failed(attempt, true)).count())
        .as("attempts that Spot interrupted, and one too many")
        .isLessThanOrEqualTo(6);
    assertThat(run.attempts()).hasSizeLessThanOrEqualTo((scan.series() + 1) * 9);
    if (run.status() == RunStatus.SUCCEEDED) {
      TaskArn last = run.attempts().getLast().task().orElseThrow();
      assertThat(tasks)
          .as("a success is one")
          .anyMatch(task -> task.arn().equals(last) && task.succeeded(world.clock.instant()));
    }
  }

  private static boolean failed(Attempt attempt, boolean spot) {
    return attempt
        .course()
        .failure()
        .filter(code -> (code == ErrorCode.SPOT_INTERRUPTED) == spot)
        .isPresent();
  }

  private static List<SuperviseTask> live(SuperviseWorld world, ProviderId run) {
    return world.tasks(run).stream().filter(task -> task.live(world.clock.instant())).toList();
  }
}
