package dev.mystical.scanner.domain.reconcile;

import static dev.mystical.scanner.domain.reconcile.TaskMaker.NOW;
import static dev.mystical.scanner.domain.reconcile.TaskMaker.START;
import static dev.mystical.scanner.domain.reconcile.TaskMaker.stopped;
import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.report.FailOn;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.Project;
import dev.mystical.scanner.domain.scan.Requeue;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanRequest;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.Stop;
import dev.mystical.scanner.domain.scan.StopReason;
import dev.mystical.scanner.domain.scan.Target;
import dev.mystical.scanner.domain.scan.Tenant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scans that the ledger does not have. */
class RebuildingTest {
  private static final Found ABSENT = new Found(new Found.Absent(), NOW);
  private static final ScanKey ACMES = new ScanKey(new Tenant("acme"), new ScanId("scan-1"));
  private static final ScanKey DEFAULTS = new ScanKey(Tenant.DEFAULT, new ScanId("scan-1"));

  private final TaskMaker sealing = TaskMaker.sealing();
  private final TaskMaker unsealed = TaskMaker.unsealed();
  private final Scan acmes = SampleScans.queued(ACMES, SampleScans.full(), START.minusSeconds(9));
  private final Scan defaults =
      SampleScans.queued(DEFAULTS, SampleScans.full(), START.minusSeconds(9));

  @Test
  void aSealedScanIsRebuiltWhole() {
    ScanTask sonar = sealing.task(acmes, SONAR, 1);
    ScanTask mystical = sealing.task(acmes, MYSTICAL, 2);

    Scan rebuilt = rebuilt(sealing, sonar, mystical);

    assertThat(rebuilt.key()).isEqualTo(ACMES);
    assertThat(rebuilt.request()).isEqualTo(acmes.request());
    assertThat(rebuilt.digest()).isEqualTo(acmes.digest());
    assertThat(rebuilt.createdAt()).isEqualTo(acmes.createdAt());
    assertThat(rebuilt.traceparent()).isEqualTo(acmes.traceparent());
    assertThat(rebuilt.status()).isEqualTo(ScanStatus.RUNNING);
    assertThat(rebuilt.startedAt()).contains(START.plusSeconds(1));
    assertLaunched(rebuilt.run(SONAR), sonar);
    assertLaunched(rebuilt.run(MYSTICAL), mystical);
    assertThat(rebuilt.run(MYSTICAL).required()).isFalse();
  }

  @Test
  void theAttemptIsWhatTheTaskSays() {
    ScanTask task = sealing.task(acmes, SONAR, 3);

    Attempt attempt = rebuilt(sealing, task).run(SONAR).attempts().getFirst();

    assertThat(attempt.number()).isEqualTo(3);
    assertThat(attempt.task()).contains(task.arn());
    assertThat(attempt.launchedAt()).contains(START.plusSeconds(3));
    assertThat(attempt.spec().cluster()).isEqualTo(TaskMaker.CLUSTER);
    assertThat(attempt.spec().taskDefinition()).endsWith("task-definition/scanner:7");
    assertThat(attempt.spec().container()).isEqualTo("scanner");
    assertThat(attempt.spec().placement())
        .isEqualTo(new Placement.CapacityProvider("FARGATE_SPOT"));
    assertThat(attempt.spec().network()).isEqualTo(Network.NONE);
    assertThat(attempt.spec().deadline()).isEqualTo(START.plusSeconds(3_600));
    assertThat(attempt.spec().apiUrl()).contains("https://scans.example.com");
  }

  @Test
  void aStoppedTaskIsAsGoodForTheSupervisorJudgesIt() {
    ScanTask task = stopped(sealing.task(acmes, SONAR, 1));

    assertLaunched(rebuilt(sealing, task).run(SONAR), task);
  }

  @Test
  void aRunWithoutATaskWaitsForItsMessage() {
    Run waiting = rebuilt(sealing, sealing.task(acmes, SONAR, 1)).run(MYSTICAL);

    assertThat(waiting.status()).isEqualTo(RunStatus.PENDING);
    assertThat(waiting.settled()).isFalse();
    assertThat(waiting.attempts()).isEmpty();
  }

  @Test
  void theLatestAttemptCountsAndEarlierOnesHaveToStop() {
    ScanTask first = sealing.task(acmes, SONAR, 1);
    ScanTask second = stopped(sealing.task(acmes, SONAR, 2));
    ScanTask fourth = sealing.task(acmes, SONAR, 4);

    Run run = rebuilt(sealing, fourth, first, second).run(SONAR);

    assertThat(run.attempts()).extracting(Attempt::number).containsExactly(1, 2, 4);
    assertThat(run.attempts().getLast().course().stop()).isEmpty();
    assertThat(run.attempts().subList(0, 2))
        .allSatisfy(attempt ->
            assertThat(attempt.course().stop())
                .contains(new Stop(StopReason.LEFT_OVER, NOW, 0, Optional.empty())));
  }

  @Test
  void ofSeveralTasksOfOneAttemptTheFirstThatRunsStands() {
    ScanTask ended = stopped(sealing.task(acmes, SONAR, attempt(1, 1)));
    ScanTask first = sealing.task(acmes, SONAR, attempt(1, 2));
    ScanTask second = sealing.task(acmes, SONAR, attempt(1, 3));

    ReconcileStep step = decide(sealing, second, ended, first);

    assertLaunched(((ReconcileStep.Rebuild) step).scan().run(SONAR), first);
    assertThat(step.strays()).containsExactly(second);
  }

  @Test
  void aRetriedSeriesIsKeptAndCountsItsOwnAttemptsAlone() {
    Scan again = acmes.inSeries(2);

    Scan rebuilt =
        rebuilt(
            sealing,
            stopped(sealing.task(acmes, SONAR, 1)),
            stopped(sealing.task(acmes, MYSTICAL, 1)),
            stopped(sealing.task(again, SONAR, 2)),
            sealing.task(again, SONAR, 3));

    assertThat(rebuilt.series()).isEqualTo(2);
    assertThat(rebuilt.run(SONAR).requeue()).contains(new Requeue(START.plusSeconds(3), 2));
    assertThat(rebuilt.run(SONAR).series()).extracting(Attempt::number).containsExactly(2, 3);
    assertThat(rebuilt.run(MYSTICAL).requeue()).isEmpty();
  }

  @Test
  void anUnsealedScanOfTheDefaultTenantIsRebuiltFromItsVariables() {
    ScanTask mystical = unsealed.task(defaults, MYSTICAL, 1);
    ScanTask sonar = unsealed.task(defaults, SONAR, 2);

    Scan rebuilt = rebuilt(unsealed, sonar, mystical);

    assertThat(rebuilt.digest()).isEqualTo(Scan.UNKNOWN_DIGEST);
    assertThat(rebuilt.request().project()).isEqualTo(defaults.request().project());
    assertThat(rebuilt.request().target()).isEqualTo(defaults.request().target());
    assertThat(rebuilt.request().failOn()).isEqualTo(FailOn.HIGH);
    assertThat(rebuilt.request().callback()).isEmpty();
    assertThat(rebuilt.requested(MYSTICAL).options()).containsExactly(entry("SEVERITY", "high"));
    assertThat(rebuilt.requested(SONAR).options()).isEmpty();
    assertThat(rebuilt.traceparent().orElseThrow())
        .startsWith(defaults.traceparent().orElseThrow().substring(0, 35));
    assertThat(rebuilt.createdAt()).isEqualTo(START.plusSeconds(1));
    assertLaunched(rebuilt.run(SONAR), sonar);
    assertLaunched(rebuilt.run(MYSTICAL), mystical);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void everyKindOfTargetComesBack(Target target) {
    Scan scan = SampleScans.queued(DEFAULTS, request(target), START);

    assertThat(rebuilt(unsealed, unsealed.task(scan, SONAR, 1)).request().target())
        .isEqualTo(target);
  }

  static List<Target> targets() {
    Optional<String> none = Optional.empty();
    return List.of(
        new Target.Git("https://h/a", none, none, none),
        new Target.Git("git@h:a", Optional.of("main"), Optional.of("0a1b2c3"), Optional.of("a/b")),
        new Target.Archive("https://h/a.zip", "ab12"),
        new Target.Web("https://h"),
        new Target.Path("/srv/code"));
  }

  @Test
  void withoutASealNobodyIsOfAnotherTenant() {
    ScanTask task = unsealed.task(acmes, SONAR, 1);

    assertThat(decide(unsealed, task)).isEqualTo(new ReconcileStep.Stop(List.of(task)));
    assertThat(decide(sealing, task)).isEqualTo(new ReconcileStep.Stop(List.of(task)));
    assertThat(decide(sealing, stopped(task))).isEqualTo(new ReconcileStep.Fine());
  }

  @Test
  void aSealThatWasCopiedFromAnotherTaskProvesNothing() {
    ScanTask genuine = sealing.task(acmes, SONAR, 1);
    Scan other =
        SampleScans.queued(
            new ScanKey(new Tenant("acme"), new ScanId("scan-2")), SampleScans.full(), START);
    ScanTask ofAnotherScan = withSealOf(genuine, sealing.task(other, SONAR, 1));
    ScanTask ofAnotherAttempt = withSealOf(genuine, sealing.task(acmes, SONAR, 2));
    ScanTask ofAnotherProvider = withSealOf(genuine, sealing.task(acmes, MYSTICAL, 1));

    for (ScanTask forged : List.of(ofAnotherScan, ofAnotherAttempt, ofAnotherProvider)) {
      assertThat(decide(sealing, forged)).isEqualTo(new ReconcileStep.Stop(List.of(forged)));
    }
  }

  /** Ids are unique within a tenant alone, and the run's name has no tenant. */
  @Test
  void aSealOfAnotherTenantsScanProvesNothing() {
    Scan others =
        SampleScans.queued(new ScanKey(new Tenant("other"), ACMES.id()), SampleScans.full(), START);
    ScanTask forged = withSealOf(sealing.task(others, SONAR, 1), sealing.task(acmes, SONAR, 1));

    assertThat(decide(sealing, forged)).isEqualTo(new ReconcileStep.Stop(List.of(forged)));
  }

  @Test
  void aTaskThatProvesNothingIsNoPartOfASealedScan() {
    ScanTask genuine = sealing.task(acmes, SONAR, 1);
    ScanTask forged = unsealed.task(acmes, SONAR, 2);

    ReconcileStep step = decide(sealing, genuine, forged);

    assertLaunched(((ReconcileStep.Rebuild) step).scan().run(SONAR), genuine);
    assertThat(step.strays()).containsExactly(forged);
  }

  @Test
  void aSealThatDoesNotOpenLeavesTheDefaultTenantItsVariables() {
    ScanTask task = sealing.task(defaults, SONAR, 1);
    ScanTask broken =
        ScanTask.of(ListedTasks.variable(task.listed(), "SCAN_SEALED", Optional.of("x")))
            .orElseThrow();

    Scan rebuilt = rebuilt(sealing, broken);

    assertThat(rebuilt.digest()).isEqualTo(Scan.UNKNOWN_DIGEST);
    assertThat(rebuilt.request().callback()).isEmpty();
  }

  @Test
  void whatALaterVersionSealedIsLeftToIt() {
    ScanTask task = sealing.ofLaterVersion(acmes, SONAR, attempt(1, 1));

    assertThat(decide(sealing, task)).isEqualTo(new ReconcileStep.Leave());
  }

  @Test
  void whatTellsOfNoRequestIsStopped() {
    for (String name : List.of("SCAN_PROJECT_KEY", "SCAN_TARGET_TYPE", "SCAN_TARGET_URL")) {
      ScanTask task = unsealed.task(defaults, SONAR, 1);
      ScanTask bare =
          ScanTask.of(ListedTasks.variable(task.listed(), name, Optional.empty())).orElseThrow();

      assertThat(decide(unsealed, bare)).as(name).isEqualTo(new ReconcileStep.Stop(List.of(bare)));
    }
  }

  @Test
  void ecsWithAFastClockCannotCreateTasksInTheFuture() {
    ScanTask task = sealing.task(acmes, SONAR, attempt(1, 3_600));

    assertThat(rebuilt(sealing, task).run(SONAR).attempts().getFirst().launchedAt()).contains(NOW);
  }

  private static Attempt attempt(int number, int seconds) {
    return TaskMaker.attempt(number, START.plusSeconds(seconds));
  }

  private static ScanTask withSealOf(ScanTask task, ScanTask from) {
    return ScanTask.of(
            ListedTasks.variable(task.listed(), "SCAN_SEALED", from.variable("SCAN_SEALED")))
        .orElseThrow();
  }

  private static ScanRequest request(Target target) {
    return new ScanRequest(
        new Project("payments", Optional.empty()),
        target,
        SampleScans.plain(SONAR).providers(),
        FailOn.HIGH,
        Optional.empty(),
        Optional.empty(),
        new TreeMap<>());
  }

  private static void assertLaunched(Run run, ScanTask task) {
    assertThat(run.status()).isEqualTo(RunStatus.PROVISIONING);
    assertThat(run.attempts().getLast().task()).contains(task.arn());
    assertThat(run.attempts().getLast().number()).isEqualTo(task.attempt());
  }

  private static Scan rebuilt(TaskMaker maker, ScanTask... tasks) {
    ReconcileStep step = decide(maker, tasks);
    assertThat(step).isInstanceOf(ReconcileStep.Rebuild.class);
    return ((ReconcileStep.Rebuild) step).scan();
  }

  private static ReconcileStep decide(TaskMaker maker, ScanTask... tasks) {
    return maker.policy().decide(List.of(tasks), ABSENT);
  }
}
