package dev.mystical.scanner.app.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.app.health.HealthBoard.Dependency;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.launch.InMemoryEcs;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.StopReason;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTest {
  private static final Duration A_LOOK = Duration.ofSeconds(3);

  private final RoundBench bench = new RoundBench();

  @Test
  void aRunIsFollowedToItsEnd() throws InterruptedException {
    ScanKey key = bench.launched();
    TaskArn task = bench.task(key);

    bench.ecs.runs(task);
    bench.roundAfter(A_LOOK);
    assertThat(bench.run(key).status()).isEqualTo(RunStatus.RUNNING);

    bench.ecs.exits(task, 0);
    bench.ecs.stops(task);
    bench.roundAfter(A_LOOK);
    assertThat(bench.run(key).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(bench.ledger.timers()).isEmpty();
    assertThat(bench.ledger.tasks()).isEmpty();
  }

  @Test
  void oneCallServesAHundredRuns() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      bench.launched();
    }
    bench.roundAfter(A_LOOK);

    assertThat(bench.looks()).isEqualTo(1);
    assertThat(bench.ledger.timers().values()).allMatch(due -> due.isAfter(bench.clock.instant()));
  }

  @Test
  void aLookThatFailsIsToldAndPutOff() throws InterruptedException {
    ScanKey key = bench.launched();
    bench.ecs.failNextReads(1);
    bench.roundAfter(A_LOOK);

    assertThat(bench.health.isUnwell(Dependency.ECS)).isTrue();
    assertThat(bench.feed.events())
        .extracting(ErrorEvent::code)
        .containsExactly(ErrorCode.ECS_UNAVAILABLE);
    assertThat(bench.run(key).status()).isEqualTo(RunStatus.PROVISIONING);

    bench.ecs.runs(bench.task(key));
    bench.roundAfter(A_LOOK);
    assertThat(bench.run(key).status()).isEqualTo(RunStatus.RUNNING);
    assertThat(bench.health.isUnwell(Dependency.ECS)).isFalse();
  }

  @Test
  void aCancelledRunsTaskIsStoppedOnceThatIsWritten() throws InterruptedException {
    ScanKey key = bench.launched();
    TaskArn task = bench.task(key);
    bench.change(key, scan -> scan.cancelled(bench.clock.instant()));
    bench.roundAfter(A_LOOK);
    bench.drainStops();

    assertThat(bench.ecs.stopCalls())
        .containsExactly(new InMemoryEcs.StopTask(task, StopReason.CANCELLED.text()));
    assertThat(bench.run(key).attempts().getLast().course().stop().orElseThrow().tries())
        .isEqualTo(1);

    bench.ecs.stops(task);
    bench.roundAfter(Duration.ofSeconds(6));
    assertThat(bench.ledger.timers()).as("nothing of it can run any more").isEmpty();
    assertThat(bench.run(key).status()).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void aStopThatWasRefusedIsAskedForAgain() throws InterruptedException {
    ScanKey key = bench.launched();
    bench.ecs.failNextStops(1);
    bench.change(key, scan -> scan.cancelled(bench.clock.instant()));
    bench.roundAfter(A_LOOK);
    for (int looks = 0; looks < 6; looks++) {
      bench.roundAfter(Duration.ofSeconds(5));
    }
    bench.drainStops();

    assertThat(bench.ecs.stopCalls()).hasSizeBetween(2, 4);
  }

  @Test
  void aRunThatSpotInterruptedIsLaunchedAgainHere() throws InterruptedException {
    ScanKey key = bench.launched();
    bench.ecs.ends(bench.task(key), "SpotInterruption", "Your Spot Task was interrupted.");
    bench.ecs.stops(bench.task(key));
    bench.roundAfter(A_LOOK);
    assertThat(bench.run(key).status()).isEqualTo(RunStatus.PENDING);

    bench.roundAfter(Duration.ofSeconds(6));
    bench.drainRelaunches();

    assertThat(bench.run(key).status()).isEqualTo(RunStatus.PROVISIONING);
    assertThat(bench.run(key).attempts()).extracting(Attempt::number).containsExactly(1, 2);
    assertThat(bench.ecs.tasks()).hasSize(2);
  }

  /** A ledger that was lost may not know yet of the task that such a run has. */
  @Test
  void nothingIsLaunchedAgainWhileTheLedgerIsInDoubt() throws InterruptedException {
    bench.ledger.lose();
    ScanKey key = bench.requeued();
    bench.roundAfter(Duration.ofMinutes(1));
    assertThat(bench.ecs.calls()).isEmpty();

    bench.ledger.reconciled();
    bench.roundAfter(A_LOOK);
    bench.drainRelaunches();
    assertThat(bench.run(key).status()).isEqualTo(RunStatus.PROVISIONING);
  }

  /** A replica that dies within a round leaves no more behind than this. */
  @Test
  void whatARoundCouldNotWriteFallsDueWhenItsLeaseIsOver() throws InterruptedException {
    ScanKey key = bench.launched();
    bench.ecs.runs(bench.task(key));
    bench.clock.advance(A_LOOK);
    bench.ledger.failNext(1);
    assertThatThrownBy(bench::round).isInstanceOf(LedgerUnavailable.class);
    bench.round();
    assertThat(bench.run(key).status()).as("under a lease").isEqualTo(RunStatus.PROVISIONING);

    bench.roundAfter(RoundBench.LEASE.plusSeconds(1));
    assertThat(bench.run(key).status()).isEqualTo(RunStatus.RUNNING);
  }

  @Test
  void aTimerOfALostScanIsTakenAway() throws InterruptedException {
    List<ScanKey> keys = new ArrayList<>(List.of(bench.launched(), bench.launched()));
    bench.ledger.lose(keys.getFirst());
    bench.roundAfter(A_LOOK);

    assertThat(bench.ledger.timers().keySet()).allMatch(run -> run.scan().equals(keys.getLast()));
  }
}
