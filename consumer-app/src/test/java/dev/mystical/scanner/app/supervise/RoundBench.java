package dev.mystical.scanner.app.supervise;

import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mystical.scanner.app.consume.Custody;
import dev.mystical.scanner.app.consume.LaunchWork;
import dev.mystical.scanner.app.consume.LedgerTime;
import dev.mystical.scanner.app.health.HealthBoard;
import dev.mystical.scanner.app.loop.StopSignal;
import dev.mystical.scanner.app.metrics.Counters;
import dev.mystical.scanner.domain.feed.RecordingErrorFeed;
import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.domain.launch.InMemoryEcs;
import dev.mystical.scanner.domain.launch.InMemoryLaunchPace;
import dev.mystical.scanner.domain.launch.LaunchLimits;
import dev.mystical.scanner.domain.launch.LaunchPolicy;
import dev.mystical.scanner.domain.launch.Provider;
import dev.mystical.scanner.domain.launch.Site;
import dev.mystical.scanner.domain.launch.TaskRequests;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.InMemoryScanLedger;
import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.simulation.MovableClock;
import dev.mystical.scanner.domain.supervise.AttemptLimits;
import dev.mystical.scanner.domain.supervise.InMemoryCallPace;
import dev.mystical.scanner.domain.supervise.InMemoryRunTimers;
import dev.mystical.scanner.domain.supervise.RunTimers;
import dev.mystical.scanner.domain.supervise.StopOutcome;
import dev.mystical.scanner.domain.supervise.Supervision;
import dev.mystical.scanner.domain.supervise.TaskReport;
import dev.mystical.scanner.domain.supervise.TaskWatcher;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Rounds of a supervisor, one at a time, with everything around them in memory. */
final class RoundBench {
  static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final LaunchLimits LIMITS =
      new LaunchLimits(
          Duration.ofHours(6), Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofMinutes(10));

  final MovableClock clock = new MovableClock();
  final InMemoryScanLedger ledger = new InMemoryScanLedger(clock);
  final InMemoryRunTimers timers = new InMemoryRunTimers(ledger, clock);
  final InMemoryLaunchPace pace = new InMemoryLaunchPace(clock, 1_000, 1_000);
  final InMemoryCallPace calls = new InMemoryCallPace(pace, clock);
  final InMemoryEcs ecs = new InMemoryEcs(clock, "scans", Duration.ZERO);
  final RecordingErrorFeed feed = new RecordingErrorFeed(clock, new Redactor(List.of()));
  final HealthBoard health = new HealthBoard(clock);
  final Counters counters = new Counters();
  private final StopSignal running = new Running();
  private final LedgerTime time = new LedgerTime(clock);
  private final LaunchWork launches;
  private final Tending tending;
  private int looks;
  final Stopper stopper;
  final Relaunches relaunches;

  RoundBench() {
    ecs.define("sonar:1");
    LaunchPolicy policy =
        new LaunchPolicy(
            Map.of(SONAR, new Provider(SONAR, "sonar:1", "scanner")),
            new Site(
                "scans", List.of(new Placement.ClusterDefault()), Network.NONE, Optional.empty()),
            LIMITS,
            new TaskRequests(Optional.empty(), scan -> scan.request().toString().getBytes(UTF_8)));
    this.launches =
        new LaunchWork(
            new LaunchWork.Parts(policy, ledger, ecs, ecs, pace, feed, health),
            time,
            new Random(1));
    this.tending =
        new Tending(
            new Supervision(LIMITS, new AttemptLimits(3, 5)),
            new Tending.Ports(ledger, timers, new WatchedEcs(), ecs, calls),
            new Tending.Told(feed, health, counters));
    this.stopper = new Stopper(tending, running);
    this.relaunches = new Relaunches(tending, launches, running, clock);
  }

  /** Counts how often it is asked about tasks. */
  private final class WatchedEcs implements TaskWatcher {
    @Override
    public List<TaskReport> look(String cluster, List<TaskArn> tasks) throws InterruptedException {
      looks++;
      return ecs.look(cluster, tasks);
    }

    @Override
    public StopOutcome stop(String cluster, TaskArn task, String reason)
        throws InterruptedException {
      return ecs.stop(cluster, task, reason);
    }
  }

  /** Calls that asked about tasks. */
  int looks() {
    return looks;
  }

  /** Nobody asks it to stop, and its waits take simulated time. */
  private final class Running implements StopSignal {
    @Override
    public boolean asked() {
      return false;
    }

    @Override
    public boolean within(Duration wait) {
      clock.advance(wait);
      return false;
    }
  }

  /** Launches a scan of one run, and gives its key. */
  ScanKey launched() throws InterruptedException {
    ScanKey key = SampleScans.newKey();
    Scan queued = SampleScans.queued(key, SampleScans.plain(SONAR), clock.instant());
    if (!(ledger.commit(Commit.of(queued, clock.instant()))
        instanceof CommitResult.Committed(long version, var now))) {
      throw new IllegalStateException("a new scan");
    }
    time.told(now);
    launches.relaunch(
        new Found.Versioned(queued, version),
        SONAR,
        new Custody("test", () -> true, running, clock));
    return key;
  }

  /** Writes a scan whose run waits to be launched again, and gives its key. */
  ScanKey requeued() throws InterruptedException {
    ScanKey key = SampleScans.newKey();
    Scan cancelled =
        SampleScans.queued(key, SampleScans.plain(SONAR), clock.instant())
            .cancelled(clock.instant());
    ledger.commit(Commit.of(cancelled.retried(clock.instant()), clock.instant()));
    return key;
  }

  /** One claim, and the round of it. */
  void round() throws InterruptedException {
    RunTimers.Claim claim = timers.claim(100, LEASE);
    time.told(claim.now());
    new Round(
            new Round.Parts(tending, new Eyes(tending, running), stopper, relaunches, time), claim)
        .run();
  }

  /** The same, after so long. */
  void roundAfter(Duration wait) throws InterruptedException {
    clock.advance(wait);
    round();
  }

  /** Waits for the calls of StopTask, after which it takes no more. */
  void drainStops() throws InterruptedException {
    stopper.stop(LONG);
  }

  void drainRelaunches() throws InterruptedException {
    relaunches.stop(LONG);
  }

  void change(ScanKey key, UnaryOperator<Scan> change) throws InterruptedException {
    Found.Versioned at = found(key);
    ledger.commit(Commit.of(at, change.apply(at.scan()), clock.instant()));
  }

  Run run(ScanKey key) throws InterruptedException {
    return found(key).scan().run(SONAR);
  }

  TaskArn task(ScanKey key) throws InterruptedException {
    return run(key).attempts().getLast().task().orElseThrow();
  }

  private Found.Versioned found(ScanKey key) throws InterruptedException {
    return (Found.Versioned) ledger.load(key).entry();
  }
}
