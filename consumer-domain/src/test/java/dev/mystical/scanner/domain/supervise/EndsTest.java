package dev.mystical.scanner.domain.supervise;

import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static dev.mystical.scanner.domain.supervise.Supervised.START;
import static dev.mystical.scanner.domain.supervise.Supervised.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.launch.KnownTask;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.simulation.Seeds;
import dev.mystical.scanner.domain.supervise.TaskReport.Container;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Ends are for good, but for a person's retry; a person may cancel whatever has not ended. */
class EndsTest {
  private static final SampleReports ACCEPTED = SampleReports.of(TASK);
  private static final List<String> WORDS =
      List.of("", "scanner: cancelled", "scanner: lingering", "Host EC2 x terminated.", "new");

  @Test
  void whateverHasNotEndedCanBeCancelledAndStops() {
    open()
        .forEach((name, made) -> {
          Supervised it = made.get();
          it.cancel();
          assertThat(it.scan().status()).as(name).isEqualTo(ScanStatus.CANCELLED);
          assertThat(it.run().status()).as(name).isEqualTo(RunStatus.CANCELLED);

          settle(it);
          assertThat(it.run().status()).as(name).isEqualTo(RunStatus.CANCELLED);
          assertThat(it.run().watched()).as(name).isFalse();
        });
  }

  @Test
  void whateverHasEndedWithoutSuccessCanBeRetriedAndIsLaunchedAgain() {
    ended()
        .forEach((name, made) -> {
          Supervised it = made.get();
          RunStatus before = it.run().status();
          int attempts = it.run().attempts().size();
          if (before == RunStatus.SUCCEEDED) {
            assertThatThrownBy(it::retry).isInstanceOf(IllegalStateException.class);
            return;
          }
          it.retry();
          assertThat(it.run().status()).as(name).isEqualTo(RunStatus.PENDING);

          boolean relaunched = false;
          for (int i = 0; i < 200 && !relaunched; i++) {
            SuperviseStep step = lookStopped(it);
            relaunched = step instanceof SuperviseStep.Relaunch;
            it.after(it.wait(step).orElse(Duration.ZERO));
          }
          assertThat(relaunched).as("%s is launched again", name).isTrue();
          it.launch(new TaskArn("arn:task/again"));
          assertThat(it.run().attempts()).as(name).hasSize(attempts + 1);
          it.look(SampleReports.of(new TaskArn("arn:task/again")).exited(0));
          assertThat(it.scan().status()).as(name).isEqualTo(ScanStatus.SUCCEEDED);
        });
  }

  /** I1: after the end of a scan no fact of any kind changes a status. */
  @Test
  void noFactChangesAnEnd() {
    List<Supplier<Supervised>> ends = List.copyOf(ended().values());
    Seeds.check(
        400,
        random -> {
          Supervised it = ends.get(random.nextInt(ends.size())).get();
          Scan end = it.scan();
          for (int i = 0; i < 20; i++) {
            it.after(Duration.ofSeconds(random.nextInt(600)));
            it.step(SONAR, facts(random, it));
            assertThat(it.scan().status()).isEqualTo(end.status());
            assertThat(it.scan().endedAt()).isEqualTo(end.endedAt());
            assertThat(it.scan().error()).isEqualTo(end.error());
            assertThat(it.run().status()).isEqualTo(end.run(SONAR).status());
            assertThat(it.run().error()).isEqualTo(end.run(SONAR).error());
            assertThat(it.run().attempts()).hasSameSizeAs(end.run(SONAR).attempts());
          }
        });
  }

  /** Whatever is said of a run, its scan never ends as a success but by a zero of its own. */
  @Test
  void noFactButAZeroIsASuccess() {
    List<Supplier<Supervised>> starts = List.copyOf(open().values());
    Seeds.check(
        400,
        random -> {
          Supervised it = starts.get(random.nextInt(starts.size())).get();
          for (int i = 0; i < 20 && !it.scan().status().ended(); i++) {
            it.after(Duration.ofSeconds(random.nextInt(600)));
            it.step(SONAR, facts(random, it));
          }
          if (it.run().status() == RunStatus.SUCCEEDED) {
            assertThat(it.run().attempts().getLast().course().end().orElseThrow().exitCode())
                .contains(0);
          }
        });
  }

  @Test
  void aRunWithoutMessageIsNeverLeftWithoutALook() {
    List<Supplier<Supervised>> starts = new ArrayList<>(open().values());
    starts.addAll(ended().values());
    Seeds.check(
        400,
        random -> {
          Supervised it = starts.get(random.nextInt(starts.size())).get();
          for (int i = 0; i < 20; i++) {
            it.after(Duration.ofSeconds(random.nextInt(600)));
            SuperviseStep step = it.step(SONAR, facts(random, it));
            if (step instanceof SuperviseStep.LookAgain(Instant at)) {
              assertThat(at).as("%s of %s", step, it.run()).isAfter(it.now());
            }
          }
        });
  }

  private static Sights facts(RandomGenerator random, Supervised it) {
    Map<TaskArn, Sights.Sight> tasks = new HashMap<>();
    Map<Integer, List<KnownTask>> found = new HashMap<>();
    for (Attempt attempt : it.run().attempts()) {
      attempt
          .task()
          .filter(task -> random.nextInt(4) > 0)
          .ifPresent(task ->
              tasks.put(
                  task,
                  random.nextInt(4) == 0
                      ? new Sights.Sight.Missing()
                      : new Sights.Sight.Known(report(random, task))));
      if (attempt.task().isEmpty() && random.nextBoolean()) {
        found.put(attempt.number(), List.of());
      }
    }
    return new Sights(tasks, found, random.nextBoolean());
  }

  private static TaskReport report(RandomGenerator random, TaskArn task) {
    SampleReports report =
        SampleReports.of(task)
            .stopped(
                one(random, List.of("", "EssentialContainerExited", "UserInitiated", "new")),
                one(random, WORDS))
            .status(
                one(random, List.of("PENDING", "RUNNING", "STOPPED", "new")),
                one(random, List.of("RUNNING", "STOPPED")));
    Optional<Integer> exitCode = Optional.of(random.nextInt(3)).filter(it -> it < 2);
    Container container =
        new Container(
            "scanner", one(random, List.of("RUNNING", "STOPPED")), exitCode, Optional.empty());
    return (random.nextBoolean() ? report.startedAt(START) : report)
        .containers(random.nextInt(4) == 0 ? List.of() : List.of(container))
        .report();
  }

  private static String one(RandomGenerator random, List<String> words) {
    return words.get(random.nextInt(words.size()));
  }

  private static void settle(Supervised it) {
    for (int i = 0; i < 200 && it.run().watched(); i++) {
      it.after(it.wait(lookStopped(it)).orElse(Duration.ZERO));
    }
  }

  /** Every task that is known has stopped; a search finds nothing. */
  private static SuperviseStep lookStopped(Supervised it) {
    Map<TaskArn, Sights.Sight> tasks = new HashMap<>();
    Map<Integer, List<KnownTask>> found = new HashMap<>();
    Looks looks = it.looks();
    looks
        .tasks()
        .forEach(task ->
            tasks.put(
                task.arn(),
                new Sights.Sight.Known(SampleReports.of(task.arn()).exited(143).report())));
    looks.searches().forEach(attempt -> found.put(attempt.number(), List.of()));
    return it.step(SONAR, new Sights(tasks, found, false));
  }

  private static Map<String, Supplier<Supervised>> open() {
    Map<String, Supplier<Supervised>> all = new LinkedHashMap<>();
    all.put("pending", () -> new Supervised(SampleScans.plain(SONAR)));
    all.put("launching", () -> new Supervised(SampleScans.plain(SONAR)).launching());
    all.put("launched", Supervised::launched);
    all.put("running", Supervised::running);
    all.put("waiting again", EndsTest::startTimedOut);
    all.put("launching again", () -> startTimedOut().after(Duration.ofMinutes(6)).launching());
    all.put(
        "launched again",
        () -> startTimedOut().after(Duration.ofMinutes(6)).launch(new TaskArn("arn:task/2")));
    all.put(
        "retried",
        () -> {
          Supervised it = Supervised.running();
          it.look(ACCEPTED.exited(1));
          it.retry();
          return it;
        });
    return all;
  }

  private static Map<String, Supplier<Supervised>> ended() {
    Map<String, Supplier<Supervised>> all = new LinkedHashMap<>();
    all.put("succeeded", () -> looked(ACCEPTED.exited(0)));
    all.put("failed", () -> looked(ACCEPTED.exited(1)));
    all.put("ending", () -> looked(ACCEPTED.exited(1).status("DEPROVISIONING", "STOPPED")));
    all.put(
        "timed out",
        () -> {
          Supervised it = Supervised.running().after(Duration.ofHours(1));
          it.look(ACCEPTED.running(START));
          return it;
        });
    open()
        .forEach((name, made) ->
            all.put(
                name + ", cancelled",
                () -> {
                  Supervised it = made.get();
                  it.cancel();
                  return it;
                }));
    return all;
  }

  private static Supervised looked(SampleReports report) {
    Supervised it = Supervised.running();
    it.look(report);
    return it;
  }

  private static Supervised startTimedOut() {
    Supervised it = Supervised.launched().after(Duration.ofMinutes(15));
    it.look(ACCEPTED);
    return it;
  }

  @Test
  void theSamplesAreWhatTheirNamesSay() {
    open()
        .forEach((name, made) -> assertThat(made.get().scan().status().ended()).as(name).isFalse());
    ended()
        .forEach((name, made) -> {
          Run run = made.get().run();
          assertThat(run.status().ended()).as(name).isTrue();
        });
  }
}
