package dev.mystical.scanner.app.consume;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.mystical.scanner.domain.intake.Intake;
import dev.mystical.scanner.domain.launch.LaunchOutcome;
import dev.mystical.scanner.domain.launch.Trouble;
import dev.mystical.scanner.domain.ledger.ScanEvent;
import dev.mystical.scanner.domain.scan.ScanStatus;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchWorkTest {
  private static final Trouble TROUBLE = Trouble.of("scripted");
  private static final String BODY = "s-1 sonar mystical";

  /** Outside calls that {@link #BODY} takes when all is well. */
  private static final int CALLS = 7;

  @Test
  void aNewScanIsLaunchedWithOneCallForEachRun() throws InterruptedException {
    LaunchBench bench = new LaunchBench();
    try (LogLines log = LogLines.of(LaunchWork.class)) {
      Finished finished = bench.work(BODY);

      assertThat(finished).isEqualTo(new Finished.Launched(bench.scan("s-1")));
      assertThat(log.lines())
          .hasSize(2)
          .allMatch(line -> line.startsWith("INFO event=run-task runId=s-1."));
    }
    bench.assertLaunchedOnce("s-1", SONAR, MYSTICAL);
    assertThat(bench.outside.calls())
        .as("an attempt is written before its call")
        .containsExactly("commit", "admit", "launch", "commit", "admit", "launch", "commit");
    assertThat(bench.errors()).isEmpty();
    assertThat(bench.stop.waits()).isZero();
  }

  @Test
  void aScanThatIsLaunchedCostsOneCallMore() throws InterruptedException {
    LaunchBench bench = new LaunchBench();
    bench.work(BODY);

    Finished again = bench.work(BODY);

    assertThat(again).isEqualTo(new Finished.Launched(bench.scan("s-1")));
    assertThat(bench.outside.calls()).hasSize(CALLS + 1).endsWith("commit");
    assertThat(bench.ecs.calls()).hasSize(2);
  }

  /** No deadline may be reckoned from a time that no ledger has told. */
  @Test
  void aNewReplicaAsksTheLedgerBeforeItWrites() throws InterruptedException {
    LaunchBench bench = LaunchBench.ofANewReplica();

    bench.work("s-1 sonar");
    bench.work("s-2 sonar");

    assertThat(bench.outside.calls())
        .containsExactly(
            "load", "commit", "admit", "launch", "commit", "commit", "admit", "launch", "commit");
  }

  /** The API has noted it: to write it before that is looked at would be for nothing. */
  @Test
  void aMessageThatCameThroughTheApiIsLookedUp() throws InterruptedException {
    LaunchBench bench = new LaunchBench();

    bench.work.work(
        bench.delivery("s-1 sonar", Map.of(Intake.SIGNATURE, "unverified")), bench.custody());

    assertThat(bench.outside.calls())
        .containsExactly("load", "commit", "admit", "launch", "commit");
  }

  @Test
  void bothStatesOfANewScanAreTold() throws InterruptedException {
    LaunchBench bench = new LaunchBench();

    bench.work("s-1 sonar");

    assertThat(bench.ledger.events())
        .extracting(ScanEvent::type, event -> event.scan().status())
        .containsExactly(
            tuple(ScanEvent.Type.SCAN_QUEUED, ScanStatus.QUEUED),
            tuple(ScanEvent.Type.SCAN_RUNNING, ScanStatus.RUNNING),
            tuple(ScanEvent.Type.RUN_LAUNCHED, ScanStatus.RUNNING));
  }

  /** The process dies after any of its calls; the message comes again and goes on from there. */
  @Test
  void aScanIsResumedFromWhereverItsWorkerDied() throws InterruptedException {
    for (int call = 1; call <= CALLS; call++) {
      LaunchBench bench = new LaunchBench();
      bench.outside.before(
          call + 1,
          () -> {
            throw new IllegalStateException("killed");
          });
      if (call < CALLS) {
        assertThatThrownBy(() -> bench.work(BODY)).hasMessage("killed");
      }
      bench.clock.advance(Duration.ofSeconds(30L * (call % 5)));

      bench.work(BODY);

      bench.assertLaunchedOnce("s-1", SONAR, MYSTICAL);
    }
  }

  @Test
  void anOutageBeforeAnyCallLaunchesNothingTwice() throws InterruptedException {
    for (int call = 1; call <= CALLS; call++) {
      LaunchBench bench = new LaunchBench();
      bench.outside.failCall(call);

      assertThat(bench.work(BODY)).isInstanceOf(Finished.Launched.class);

      bench.assertLaunchedOnce("s-1", SONAR, MYSTICAL);
      assertThat(bench.errors()).as("call %d is told", call).hasSize(1);
    }
  }

  @Test
  void anAnswerLostAtAnyCallLaunchesNothingTwice() throws InterruptedException {
    for (int call = 1; call <= CALLS; call++) {
      LaunchBench bench = new LaunchBench();
      bench.outside.loseAnswer(call);

      assertThat(bench.work(BODY)).isInstanceOf(Finished.Launched.class);

      bench.assertLaunchedOnce("s-1", SONAR, MYSTICAL);
    }
  }

  @Test
  void outagesWithinTheSearchForATaskLaunchNothingTwice() throws InterruptedException {
    for (int call = 1; call <= 16; call++) {
      outageAfterARefusalThatLied(call, true);
      outageAfterARefusalThatLied(call, false);
    }
  }

  private static void outageAfterARefusalThatLied(int call, boolean carriedOut)
      throws InterruptedException {
    LaunchBench bench = new LaunchBench();
    bench.ecs.executeThenDeny(new LaunchOutcome.NoCapacity(TROUBLE));
    if (carriedOut) {
      bench.outside.loseAnswer(call);
    } else {
      bench.outside.failCall(call);
    }

    bench.work("s-1 sonar");

    bench.assertLaunchedOnce("s-1", SONAR);
  }

  /** Another replica does the whole work between any two calls of this one. */
  @Test
  void twoWorkersOnOneScanLaunchItOnce() throws InterruptedException {
    for (int call = 1; call <= CALLS; call++) {
      LaunchBench bench = new LaunchBench();
      bench.outside.before(call, () -> bench.work(BODY));

      assertThat(bench.work(BODY)).isInstanceOf(Finished.Launched.class);

      bench.assertLaunchedOnce("s-1", SONAR, MYSTICAL);
    }
  }

  @Test
  void aLostLeaseOrAStopEndsTheWorkAtEveryWait() throws InterruptedException {
    int waits = waitsOfATroubledLaunch(new LaunchBench());
    assertThat(waits).isGreaterThan(5);
    for (int wait = 1; wait <= waits; wait++) {
      int at = wait;
      LaunchBench losing = new LaunchBench();
      losing.stop.duringWait(number -> losing.held = number < at);
      assertEndsAndGoesOnElsewhere(losing, at);
      LaunchBench stopping = new LaunchBench();
      stopping.stop.duringWait(number -> {
        if (number == at) {
          stopping.stop.ask();
        }
      });
      assertEndsAndGoesOnElsewhere(stopping, at);
    }
  }

  private static int waitsOfATroubledLaunch(LaunchBench bench) throws InterruptedException {
    bench.ecs.answerNext(new LaunchOutcome.NoCapacity(TROUBLE));
    bench.ecs.answerNext(new LaunchOutcome.Throttled(TROUBLE));
    bench.ecs.executeThenNoAnswer();
    bench.work("s-1 sonar");
    return bench.stop.waits();
  }

  private static void assertEndsAndGoesOnElsewhere(LaunchBench bench, int wait)
      throws InterruptedException {
    assertThatThrownBy(() -> waitsOfATroubledLaunch(bench)).isInstanceOf(Custody.Ended.class);
    assertThat(bench.stop.waits()).isEqualTo(wait);

    bench.held = true;
    SimulatedStop another = new SimulatedStop(bench.clock);
    bench.work.work(
        bench.delivery("s-1 sonar"),
        new Custody(LaunchBench.MESSAGE.value(), () -> true, another, bench.clock));

    bench.assertLaunchedOnce("s-1", SONAR);
  }

  @Test
  void theLedgersLossOfTheScanStartsTheMessageOver() throws InterruptedException {
    LaunchBench bench = new LaunchBench();
    bench.outside.before(4, bench.ledger::lose);

    assertThatThrownBy(() -> bench.work("s-1 sonar"))
        .isInstanceOf(Custody.Ended.class)
        .hasMessageContaining("start over");
    bench.ledger.reconciled();
    bench.work("s-1 sonar");

    bench.assertLaunchedOnce("s-1", SONAR);
  }

  /** It once gave back, at a stop, what it had just launched. */
  @Test
  void aStopWhileTheLastRunIsLaunchedLosesNoProof() throws InterruptedException {
    LaunchBench bench = new LaunchBench();
    bench.outside.before(3, bench.stop::ask);

    assertThat(bench.work("s-1 sonar")).isEqualTo(new Finished.Launched(bench.scan("s-1")));
  }
}
