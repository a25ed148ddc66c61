package dev.mystical.scanner.domain.supervise;

import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link RunTimers} promises. */
public abstract class RunTimersContract extends TimedScans {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration HOUR = Duration.ofHours(1);

  /** For the adapters' tests. */
  protected RunTimersContract() {}

  @Test
  void aDueRunIsClaimedAndPutOffByTheLease() throws InterruptedException {
    RunRef run = launched(HOUR);

    RunTimers.Claim claim = timers().claim(10, LEASE);

    assertThat(claim.runs()).containsExactly(run);
    assertThat(Duration.between(claim.now().plus(LEASE), claim.until()))
        .isBetween(Duration.ZERO, Duration.ofMillis(1));
    assertThat(claim.next()).isBetween(claim.until(), claim.until().plusMillis(1));
    assertThat(claim.eventsFlow()).isFalse();
  }

  @Test
  void aRunThatIsNotDueIsLeft() throws InterruptedException {
    Instant due = launchedAt(now()).plusSeconds(2);

    RunTimers.Claim claim = timers().claim(10, LEASE);

    assertThat(claim.runs()).isEmpty();
    assertThat(claim.next()).isBetween(due, due.plusMillis(1));
    assertThat(timers().size()).isEqualTo(1);
  }

  @Test
  void whereNothingIsWatchedTheNextOneIsFar() throws InterruptedException {
    RunTimers.Claim claim = timers().claim(10, LEASE);

    assertThat(claim.runs()).isEmpty();
    assertThat(claim.next()).isAfter(claim.now().plus(HOUR));
    assertThat(timers().size()).isZero();
  }

  @Test
  void theLongestDueComeFirstAndNoMoreThanAskedFor() throws InterruptedException {
    RunRef second = launched(HOUR.multipliedBy(2));
    RunRef third = launched(HOUR);
    RunRef first = launched(HOUR.multipliedBy(3));

    RunTimers.Claim claim = timers().claim(2, LEASE);

    assertThat(claim.runs()).containsExactly(first, second);
    assertThat(claim.next()).isBefore(claim.now());
    assertThat(timers().claim(2, LEASE).runs()).containsExactly(third);
    assertThat(timers().claim(2, LEASE).runs()).isEmpty();
  }

  @Test
  void aRunOfADeadClaimIsFoundAfterItsLease() throws InterruptedException {
    RunRef run = launched(HOUR);
    timers().claim(10, LEASE);

    elapse(LEASE.minusSeconds(10));
    assertThat(timers().claim(10, LEASE).runs()).isEmpty();
    elapse(Duration.ofSeconds(11));
    assertThat(timers().claim(10, LEASE).runs()).containsExactly(run);
  }

  @Test
  void twoClaimersNeverHaveTheSameRun() throws InterruptedException, ExecutionException {
    Set<RunRef> all = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      all.add(launched(HOUR));
    }

    List<RunRef> claimed = new ArrayList<>();
    for (RunTimers.Claim claim : race(() -> timers().claim(10, LEASE))) {
      claimed.addAll(claim.runs());
    }

    assertThat(claimed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void aClaimedRunIsPutOff() throws InterruptedException {
    RunRef run = launched(HOUR);
    RunTimers.Claim claim = timers().claim(10, LEASE);
    Instant later = claim.now().plus(HOUR);

    timers().putOff(claim, Map.of(run, later));
    timers().putOff(claim, Map.of(run, later));

    assertThat(timers().claim(10, LEASE).next()).isBetween(later, later.plusMillis(1));
  }

  @Test
  void aClaimedRunCanBeMadeDueAgain() throws InterruptedException {
    RunRef run = launched(HOUR);
    RunTimers.Claim claim = timers().claim(10, LEASE);

    timers().putOff(claim, Map.of(run, claim.now().minusSeconds(1)));

    assertThat(timers().claim(10, LEASE).runs()).containsExactly(run);
  }

  @Test
  void puttingOffNothingDoesNothing() throws InterruptedException {
    RunRef run = launched(HOUR);

    timers().putOff(timers().claim(10, LEASE), Map.of());

    elapse(LEASE.plusSeconds(1));
    assertThat(timers().claim(10, LEASE).runs()).containsExactly(run);
  }

  @Test
  void puttingOffARunThatIsNoLongerWatchedMakesNoTimer() throws InterruptedException {
    RunRef run = waiting(HOUR);
    RunTimers.Claim claim = timers().claim(10, LEASE);
    Instant now = now();
    move(run, scan -> SampleScans.failed(scan, SONAR, ErrorCode.ECS_CONFIG, now));

    timers().putOff(claim, Map.of(run, claim.now().plus(HOUR)));

    assertThat(timers().size()).isZero();
  }

  @Test
  void puttingOffDoesNotUndoWhatACommitHasSetSince() throws InterruptedException {
    RunRef run = waiting(HOUR);
    RunTimers.Claim claim = timers().claim(10, LEASE);
    Instant launched = now();
    move(run, scan -> SampleScans.launched(scan, SONAR, task(run), launched));

    timers().putOff(claim, Map.of(run, claim.now().plus(HOUR)));

    assertThat(timers().claim(10, LEASE).next()).isBefore(launched.plusSeconds(10));
  }

  @Test
  void puttingOffDoesNotUndoWhatAnEventHasSetSince() throws InterruptedException {
    RunRef run = launched(HOUR);
    RunTimers.Claim claim = timers().claim(10, LEASE);
    timers().hurry(List.of(task(run)));

    timers().putOff(claim, Map.of(run, claim.now().plus(HOUR)));

    assertThat(timers().claim(10, LEASE).runs()).containsExactly(run);
  }

  @Test
  void puttingOffAfterTheLeaseLeavesTheNextClaimAlone() throws InterruptedException {
    RunRef run = launched(HOUR);
    RunTimers.Claim late = timers().claim(10, LEASE);
    elapse(LEASE.plusSeconds(1));
    RunTimers.Claim claim = timers().claim(10, LEASE);
    assertThat(claim.runs()).containsExactly(run);

    timers().putOff(late, Map.of(run, claim.now().plus(HOUR)));

    assertThat(timers().claim(10, LEASE).next()).isBefore(claim.until().plusMillis(2));
  }

  @Test
  void runsOfScansThatTheLedgerDoesNotHaveAreForgotten() throws InterruptedException {
    RunRef lost = launched(HOUR);
    RunRef kept = launched(HOUR);
    lose(lost.scan());

    timers().forget(List.of(lost, kept));
    timers().forget(List.of(lost, kept));
    timers().forget(List.of());

    assertThat(timers().claim(10, LEASE).runs()).containsExactly(kept);
    assertThat(timers().size()).isEqualTo(1);
  }

  @Test
  void aRunWhoseScanHasBegunAnewIsNotForgotten() throws InterruptedException {
    RunRef run = launched(HOUR);
    lose(run.scan());
    begin(run.scan(), HOUR);

    timers().forget(List.of(run));

    assertThat(timers().claim(10, LEASE).runs()).containsExactly(run);
  }

  @Test
  void anEventMakesItsRunDue() throws InterruptedException {
    RunRef run = launched(Duration.ZERO);
    assertThat(timers().claim(10, LEASE).runs()).isEmpty();

    assertThat(timers().hurry(List.of(task(run)))).isEqualTo(1);
    assertThat(timers().hurry(List.of(task(run)))).isEqualTo(1);

    assertThat(timers().claim(10, LEASE).runs()).containsExactly(run);
    assertThat(timers().claim(10, LEASE).runs()).isEmpty();
  }

  @Test
  void anEventMakesAClaimedRunDueToo() throws InterruptedException {
    RunRef run = launched(HOUR);
    timers().claim(10, LEASE);

    timers().hurry(List.of(task(run)));

    assertThat(timers().claim(10, LEASE).runs()).containsExactly(run);
  }

  @Test
  void anEventNeverPutsARunOff() throws InterruptedException {
    RunRef first = launched(HOUR.multipliedBy(2));
    RunRef second = launched(HOUR);

    timers().hurry(List.of(task(first)));

    assertThat(timers().claim(10, LEASE).runs()).containsExactly(first, second);
  }

  @Test
  void aHurriedRunStaysDueWhateverACommitAsksFor() throws InterruptedException {
    RunRef run = launched(HOUR);
    timers().claim(10, LEASE);
    timers().hurry(List.of(task(run)));

    Instant now = now();
    move(run, scan -> scan.with(SONAR, it -> it.running(now), now));

    assertThat(timers().claim(10, LEASE).runs()).containsExactly(run);
  }

  @Test
  void aHurriedRunThatIsNoLongerWatchedIsDueNoMore() throws InterruptedException {
    RunRef run = launched(HOUR);
    timers().hurry(List.of(task(run)));

    Instant now = now();
    move(run, scan -> over(scan, now));

    assertThat(timers().size()).isZero();
    assertThat(timers().hurry(List.of(task(run)))).isZero();
    assertThat(timers().size()).isZero();
  }

  @Test
  void eventsFlowForAWhileAfterOneOfOurs() throws InterruptedException {
    RunRef run = launched(HOUR);
    TaskArn foreign = new TaskArn("arn:aws:ecs:eu-west-1:1:task/scans/foreign");

    assertThat(timers().hurry(List.of(foreign))).isZero();
    assertThat(timers().hurry(List.of())).isZero();
    assertThat(timers().claim(10, LEASE).eventsFlow()).isFalse();
    assertThat(timers().hurry(List.of(foreign, task(run)))).isEqualTo(1);
    assertThat(timers().claim(10, LEASE).eventsFlow()).isTrue();
    elapse(Duration.ofMinutes(6));
    assertThat(timers().claim(10, LEASE).eventsFlow()).isFalse();
  }

  @Test
  void anEventOfAForgottenRunMakesNoTimer() throws InterruptedException {
    RunRef run = launched(HOUR);
    lose(run.scan());
    timers().forget(List.of(run));

    assertThat(timers().hurry(List.of(task(run)))).isZero();
    assertThat(timers().size()).isZero();
  }

  @Test
  void aCallOnAnInterruptedThreadIsLeft() throws InterruptedException {
    RunTimers timers = timers();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> timers.claim(10, LEASE)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private static <T> List<T> race(Callable<T> call)
      throws ExecutionException, InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(Collections.nCopies(8, call))) {
        results.add(future.get());
      }
      return results;
    }
  }
}
