package dev.mystical.scanner.benchmarks;

import dev.mystical.scanner.domain.launch.Admission;
import dev.mystical.scanner.domain.launch.InMemoryLaunchPace;
import dev.mystical.scanner.domain.launch.LaunchLimits;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.InMemoryScanLedger;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.domain.simulation.MovableClock;
import dev.mystical.scanner.domain.supervise.AttemptLimits;
import dev.mystical.scanner.domain.supervise.InMemoryCallPace;
import dev.mystical.scanner.domain.supervise.InMemoryRunTimers;
import dev.mystical.scanner.domain.supervise.Looks;
import dev.mystical.scanner.domain.supervise.RunRef;
import dev.mystical.scanner.domain.supervise.RunTimers;
import dev.mystical.scanner.domain.supervise.Sights;
import dev.mystical.scanner.domain.supervise.SuperviseStep;
import dev.mystical.scanner.domain.supervise.Supervision;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Counts the DescribeTasks calls that it takes to follow many running tasks, in simulated time: the
 * real policy, and ledger, timers and pace in memory, whose contracts are those of the real ones.
 * Runs are launched twenty a second until there are enough, and then as others end: each runs for
 * three to twelve minutes.
 */
public final class SupervisionBenchmark {
  /** What one claim brings at most, as the supervisor asks for. */
  private static final int BATCH = 100;

  private static final Duration STEP = Duration.ofSeconds(1);
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final int LAUNCHES_A_STEP = 20;

  /** The moments at which supervisors look for what is due: every so many steps. */
  private static final int GLANCE = 1;

  private static final int EVENTS_GLANCE = 2;

  /** Steps until as many runs end as begin, and steps that are counted then. */
  private static final int STEADY = 720;

  private static final int COUNTED = 600;

  private static final int STEADY_LAUNCHES = 4;

  /** DescribeTasks and ListTasks calls a second that ECS allows an account for long. */
  public static final int READ_RATE = 20;

  private final MovableClock clock = new MovableClock();
  private final InMemoryScanLedger ledger = new InMemoryScanLedger(clock);
  private final InMemoryRunTimers timers = new InMemoryRunTimers(ledger, clock);
  private final InMemoryCallPace pace =
      new InMemoryCallPace(new InMemoryLaunchPace(clock, 20, 20), clock);
  private final SimulatedTasks tasks = new SimulatedTasks();
  private final Supervision policy =
      new Supervision(
          new LaunchLimits(
              Duration.ofHours(6),
              Duration.ofMinutes(15),
              Duration.ofHours(1),
              Duration.ofMinutes(10)),
          new AttemptLimits(3, 5));
  private final Random random = new Random(0);
  private int live;
  private int calls;
  private int looks;

  private SupervisionBenchmark() {}

  /**
   * What a measurement brought.
   *
   * @param calls of DescribeTasks
   * @param looks at one task each
   */
  public record Result(int runs, Duration time, boolean events, int calls, int looks) {
    /** How many calls a quarter of ECS' rate allows in that time. */
    public long allowed() {
      return time.toSeconds() * READ_RATE / 4;
    }

    @Override
    public String toString() {
      return "%,d runs, %s, events %s: %,d DescribeTasks calls (%.2f a second; %,d allowed), %,d looks"
          .formatted(
              runs,
              time,
              events ? "on" : "off",
              calls,
              calls / (double) time.toSeconds(),
              allowed(),
              looks);
    }
  }

  /** Prints what it takes for 2,000 runs over ten minutes, without events and with them. */
  @SuppressWarnings("SystemOut") // a program for people
  public static void main(String[] arguments) throws InterruptedException {
    Result off = measure(2_000, Duration.ofMinutes(10), false);
    Result on = measure(2_000, Duration.ofMinutes(10), true);
    System.out.println(off);
    System.out.println(on);
    System.out.printf("with events / without: %.2f%n", on.calls() / (double) off.calls());
    System.out.printf(
        "DescribeTasks calls a scan of ten minutes, at 4 launches a second: %.2f, with events %.2f%n",
        callsAScan(false), callsAScan(true));
  }

  /** What following costs a scan of ten minutes, while as many begin as end: four a second. */
  static double callsAScan(boolean events) throws InterruptedException {
    SupervisionBenchmark benchmark = new SupervisionBenchmark();
    int before = 0;
    for (int step = 0; step < STEADY + COUNTED; step++) {
      if (step == STEADY) {
        before = benchmark.calls;
      }
      for (int i = 0; i < STEADY_LAUNCHES; i++) {
        benchmark.launch(step * STEADY_LAUNCHES + i, Duration.ofMinutes(10));
      }
      benchmark.pass(step, events);
    }
    return (benchmark.calls - before) / (double) (COUNTED * STEADY_LAUNCHES);
  }

  /** Follows so many runs for so long. */
  public static Result measure(int runs, Duration time, boolean events)
      throws InterruptedException {
    SupervisionBenchmark benchmark = new SupervisionBenchmark();
    int launched = 0;
    for (int step = 0; step < time.dividedBy(STEP); step++) {
      for (int i = 0; i < LAUNCHES_A_STEP && benchmark.live < runs; i++) {
        benchmark.launch(launched, Duration.ofSeconds(180 + benchmark.random.nextInt(540)));
        launched++;
      }
      benchmark.pass(step, events);
    }
    return new Result(runs, time, events, benchmark.calls, benchmark.looks);
  }

  private void pass(int step, boolean events) throws InterruptedException {
    if (step % (events ? EVENTS_GLANCE : GLANCE) == 0) {
      supervise();
    }
    Instant before = clock.instant();
    clock.advance(STEP);
    if (events) {
      timers.hurry(tasks.changed(before, clock.instant()));
    }
  }

  private void launch(int number, Duration work) throws InterruptedException {
    Instant now = clock.instant();
    ScanKey key = new ScanKey(Tenant.DEFAULT, new ScanId("scan-" + number));
    Scan queued = SampleScans.queued(key, SampleScans.plain(SampleScans.SONAR), now);
    TaskArn task = new TaskArn("arn:aws:ecs:eu-central-1:123456789012:task/scans/" + number);
    tasks.launch(task, now, work);
    live++;
    commit(Commit.of(SampleScans.launched(queued, SampleScans.SONAR, task, now), now));
  }

  /** All that is due now, a hundred at a time, as long as the pace has a place. */
  private void supervise() throws InterruptedException {
    while (true) {
      RunTimers.Claim claim = timers.claim(BATCH, LEASE);
      if (claim.runs().isEmpty()) {
        return;
      }
      round(claim);
      if (claim.runs().size() < BATCH) {
        return;
      }
    }
  }

  private void round(RunTimers.Claim claim) throws InterruptedException {
    boolean answered = pace.read() instanceof Admission.Go;
    if (answered) {
      calls++;
    }
    Map<RunRef, Instant> putOff = new HashMap<>();
    for (RunRef run : claim.runs()) {
      if (!(ledger.load(run.scan()).entry() instanceof Found.Versioned at)) {
        throw new IllegalStateException("no scan " + run);
      }
      Instant now = clock.instant();
      Sights sights = answered ? look(at.scan(), run, claim, now) : Sights.NONE;
      switch (policy.step(at.scan(), run.provider(), sights, now)) {
        case SuperviseStep.LookAgain(Instant again) -> putOff.put(run, again);
        case SuperviseStep.Relaunch() ->
            throw new IllegalStateException("nothing is launched again here: " + run);
        case SuperviseStep.Write write -> {
          commit(
              Commit.of(at, write.scan(), now)
                  .looking(run.provider(), write.again())
                  .withErrors(write.errors()));
          if (write.scan().status().ended() && !at.scan().status().ended()) {
            live--;
          }
        }
      }
    }
    timers.putOff(claim, putOff);
  }

  private Sights look(Scan scan, RunRef run, RunTimers.Claim claim, Instant now) {
    Map<TaskArn, Sights.Sight> seen = new HashMap<>();
    for (Looks.Task task : policy.looks(scan, run.provider()).tasks()) {
      seen.put(task.arn(), tasks.look(task.arn(), now));
      looks++;
    }
    return new Sights(seen, Map.of(), claim.eventsFlow());
  }

  private void commit(Commit commit) throws InterruptedException {
    if (!(ledger.commit(commit) instanceof CommitResult.Committed)) {
      throw new IllegalStateException("one writer alone is never stale");
    }
  }

  /** What is measured by default, for a test that holds it to what the documents say. */
  static List<Result> documented() throws InterruptedException {
    return List.of(
        measure(2_000, Duration.ofMinutes(10), false),
        measure(2_000, Duration.ofMinutes(10), true));
  }
}
