package dev.mystical.scanner.app.consume;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.app.health.HealthBoard.Dependency;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.launch.Admission;
import dev.mystical.scanner.domain.launch.Gate;
import dev.mystical.scanner.domain.launch.LaunchOutcome;
import dev.mystical.scanner.domain.launch.SampleTasks;
import dev.mystical.scanner.domain.launch.TaskRequest;
import dev.mystical.scanner.domain.launch.Trouble;
import dev.mystical.scanner.domain.queue.InMemoryDeadLetters;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is done about each kind of answer, and what people see of it. */
class LaunchTroubleTest {
  private static final Trouble TROUBLE = Trouble.of("scripted");
  private static final String BODY = "s-1 sonar mystical";

  @Test
  void anotherCapacityProviderIsTriedWhenOneIsFull() throws InterruptedException {
    LaunchBench bench =
        new LaunchBench(
            InMemoryDeadLetters.present(),
            new Placement.CapacityProvider("FARGATE_SPOT"),
            new Placement.CapacityProvider("FARGATE"));
    bench.ecs.answerNext(new LaunchOutcome.NoCapacity(TROUBLE));

    bench.work("s-1 sonar");

    bench.assertLaunchedOnce("s-1", SONAR);
    assertThat(bench.ecs.calls())
        .extracting(TaskRequest::placement)
        .containsExactly(
            new Placement.CapacityProvider("FARGATE_SPOT"),
            new Placement.CapacityProvider("FARGATE"));
    assertThat(bench.errors()).extracting(ErrorEvent::code).containsExactly(ErrorCode.ECS_CAPACITY);
  }

  @Test
  void anUnansweredCallIsRepeatedAsItWas() throws InterruptedException {
    LaunchBench bench = new LaunchBench();
    bench.ecs.executeThenNoAnswer();

    bench.work("s-1 sonar");

    bench.assertLaunchedOnce("s-1", SONAR);
    assertThat(bench.ecs.calls()).hasSize(2);
    assertThat(bench.ecs.calls().getFirst()).isEqualTo(bench.ecs.calls().getLast());
    assertThat(bench.health.isUnwell(Dependency.ECS)).isFalse();
  }

  @Test
  void aConflictOverATaskOfOursIsAdopted() throws InterruptedException {
    LaunchBench bench = new LaunchBench();
    // The same run, attempt and tenant under another token: as a replica of other settings made it.
    bench.work("s-1 sonar");
    TaskArn ours = bench.ecs.tasks().getFirst().arn();
    bench.ledger.lose();
    bench.ledger.reconciled();
    bench.ecs.answerNext(new LaunchOutcome.Conflicting(List.of(ours), TROUBLE));

    bench.work("s-1 sonar");

    bench.assertLaunchedOnce("s-1", SONAR);
    assertThat(bench.scan("s-1").run(SONAR).attempts().getLast().task()).contains(ours);
  }

  @Test
  void aConflictThatCannotBeLookedIntoIsTriedAgain() throws InterruptedException {
    LaunchBench bench = new LaunchBench();
    bench.work("s-1 sonar");
    TaskArn ours = bench.ecs.tasks().getFirst().arn();
    bench.ledger.lose();
    bench.ledger.reconciled();
    bench.ecs.answerNext(new LaunchOutcome.Conflicting(List.of(ours), TROUBLE));
    bench.ecs.failNextReads(1);

    bench.work("s-1 sonar");

    bench.assertLaunchedOnce("s-1", SONAR);
  }

  @Test
  void aConflictOverAStrangersTaskFailsTheRun() throws InterruptedException {
    LaunchBench bench = new LaunchBench();
    TaskRequest strange = SampleTasks.request(LaunchBench.CLUSTER, "sonar:1", "scanner");
    TaskArn theirs = ((LaunchOutcome.Started) bench.ecs.launch(strange)).task();
    bench.ecs.answerNext(new LaunchOutcome.Conflicting(List.of(theirs), TROUBLE));

    bench.work("s-1 sonar");

    assertThat(bench.scan("s-1").status()).isEqualTo(ScanStatus.FAILED);
    assertThat(bench.scan("s-1").run(SONAR).attempts().getLast().task()).isEmpty();
    assertThat(bench.errors()).extracting(ErrorEvent::code).containsExactly(ErrorCode.INTERNAL);
  }

  @Test
  void aReachedQuotaClosesTheGateForAllAndIsToldOnce() throws InterruptedException {
    LaunchBench bench = new LaunchBench();
    bench.ecs.answerNext(new LaunchOutcome.QuotaReached(TROUBLE));
    bench.ecs.answerNext(new LaunchOutcome.QuotaReached(TROUBLE));
    try (LogLines log = LogLines.of(LaunchWork.class)) {
      bench.work("s-1 sonar");

      assertThat(log.lines())
          .filteredOn(line -> line.contains("event=gate-"))
          .containsExactly(
              "WARN event=gate-closed gate=quota", "INFO event=gate-opened gate=quota");
    }
    bench.assertLaunchedOnce("s-1", SONAR);
    assertThat(bench.ecs.calls()).as("one probe at a time").hasSize(3);
    assertThat(bench.errors()).extracting(ErrorEvent::code).containsExactly(ErrorCode.ECS_QUOTA);
    assertThat(bench.pace.open(Gate.QUOTA)).as("still closed").isFalse();
  }

  @Test
  void aWrongConfigurationWaitsForAPersonAndIsToldOnce() throws InterruptedException {
    LaunchBench bench = new LaunchBench();
    bench.ecs.undefine("sonar:1");
    bench.stop.duringWait(number -> {
      if (bench.clock.instant().isAfter(bench.delivery("").sentAt().plusSeconds(200))) {
        bench.ecs.define("sonar:1");
      }
    });

    bench.work("s-1 sonar");

    bench.assertLaunchedOnce("s-1", SONAR);
    assertThat(bench.errors()).extracting(ErrorEvent::code).containsExactly(ErrorCode.ECS_CONFIG);
    assertThat(bench.pace.open(Gate.of(SONAR))).as("still closed").isFalse();
    assertThat(bench.health.isUnwell(Dependency.ECS)).isFalse();
  }

  @Test
  void aConfigurationThatNobodyMendsEndsTheRun() throws InterruptedException {
    LaunchBench bench = new LaunchBench();
    bench.ecs.undefine("sonar:1");

    bench.work(BODY);

    assertThat(bench.scan("s-1").run(SONAR).status()).isEqualTo(RunStatus.FAILED);
    assertThat(bench.scan("s-1").run(MYSTICAL).status()).isEqualTo(RunStatus.PROVISIONING);
    assertThat(bench.errors())
        .filteredOn(error -> error.subject().particular())
        .extracting(ErrorEvent::code)
        .containsExactly(ErrorCode.ECS_CONFIG);
    assertThat(bench.health.isUnwell(Dependency.ECS)).as("ECS, which has answered").isFalse();
  }

  /** It was shown as away until it had started something again. */
  @Test
  void anEcsThatAnswersIsWellWhateverItAnswers() throws InterruptedException {
    for (LaunchOutcome answer :
        List.of(
            new LaunchOutcome.NoCapacity(TROUBLE),
            new LaunchOutcome.QuotaReached(TROUBLE),
            new LaunchOutcome.Conflicting(List.of(), TROUBLE),
            new LaunchOutcome.Rejected(TROUBLE))) {
      LaunchBench bench = new LaunchBench();
      bench.ecs.answerNext(new LaunchOutcome.NoAnswer(TROUBLE));
      bench.ecs.answerNext(answer);
      // Stops at the first wait after that answer, if there is one.
      bench.stop.duringWait(number -> {
        if (bench.ecs.calls().size() == 2) {
          bench.stop.ask();
        }
      });
      try {
        bench.work("s-1 sonar");
      } catch (Custody.Ended ended) {
        assertThat(ended).hasMessageContaining("stops");
      }

      assertThat(bench.ecs.calls()).hasSize(2);
      assertThat(bench.health.isUnwell(Dependency.ECS)).as("%s", answer).isFalse();
    }
  }

  @Test
  void anEcsThatOnlyThrottlesIsNotWellYet() throws InterruptedException {
    LaunchBench bench = new LaunchBench();
    boolean[] unwell = new boolean[1];
    bench.ecs.answerNext(new LaunchOutcome.NoAnswer(TROUBLE));
    bench.ecs.answerNext(new LaunchOutcome.Throttled(TROUBLE));
    bench.stop.duringWait(number -> unwell[0] = bench.health.isUnwell(Dependency.ECS));

    bench.work("s-1 sonar");

    assertThat(unwell[0]).isTrue();
    assertThat(bench.health.isUnwell(Dependency.ECS)).isFalse();
  }

  @Test
  void aCrowdedPaceIsAskedAgainLaterAndIsNoTrouble() throws InterruptedException {
    LaunchBench bench = new LaunchBench();
    bench.outside.admitNext(new Admission.Later(Duration.ofSeconds(9)));

    bench.work("s-1 sonar");

    bench.assertLaunchedOnce("s-1", SONAR);
    assertThat(bench.ecs.calls()).hasSize(1);
    assertThat(bench.clock.instant()).isEqualTo(MovableClock.START.plusSeconds(9));
    assertThat(bench.errors()).isEmpty();
  }

  @Test
  void aCallWaitsForItsPlaceInThePace() throws InterruptedException {
    LaunchBench bench = new LaunchBench();
    bench.outside.admitNext(new Admission.Go(Duration.ofSeconds(3)));

    bench.work("s-1 sonar");

    assertThat(bench.ecs.tasks().getFirst().startedAt())
        .isEqualTo(MovableClock.START.plusSeconds(3));
  }
}
