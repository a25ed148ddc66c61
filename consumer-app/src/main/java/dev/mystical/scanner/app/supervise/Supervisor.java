package dev.mystical.scanner.app.supervise;

import dev.mystical.scanner.app.consume.LaunchWork;
import dev.mystical.scanner.app.consume.LedgerTime;
import dev.mystical.scanner.app.health.HealthBoard.Dependency;
import dev.mystical.scanner.app.loop.Loop;
import dev.mystical.scanner.app.loop.Stopping;
import dev.mystical.scanner.app.metrics.Counters.Count;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.supervise.RunTimers;
import dev.mystical.scanner.domain.supervise.TaskWatcher;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows launched runs to their end. One loop claims what is due, a hundred at a time; each claim
 * is a round on a thread of its own, so that one that waits for ECS holds up no other; a few rounds
 * at a time, so that no more is claimed than can be looked at. All that is known of runs stands in
 * the ledger: a replica holds the claims of its rounds and nothing else.
 */
public final class Supervisor {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

  /** How many claims are worked on at a time. */
  static final int ROUNDS = 4;

  /**
   * Longer than a round takes whose calls wait for their deadline; a killed one's runs wait so
   * long.
   */
  private static final Duration LEASE = Duration.ofSeconds(30);

  /**
   * A commit may set a timer at any time; this is how late it may be noticed. All replicas glance
   * at the same moments of the ledger's time, so that one call serves what has come together.
   */
  private static final Duration GLANCE = Duration.ofSeconds(1);

  /** Events trickle in one by one; each would cost a call of its own. */
  private static final Duration EVENTS_GLANCE = Duration.ofSeconds(2);

  private static final Duration COUNT_EVERY = Duration.ofSeconds(15);
  private static final Duration LONGEST_TURN = Duration.ofSeconds(60);

  /** Time and chance, both safe for use by many threads; the clock is a monotonic one. */
  public record Surroundings(InstantSource clock, RandomGenerator random) {}

  private final Tending tending;
  private final InstantSource clock;
  private final LedgerTime time;
  private final Stopping stopping = new Stopping();
  private final Relaunches relaunches;
  private final Stopper stopper;
  private final Round.Parts parts;
  private final Semaphore rounds = new Semaphore(ROUNDS);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("round-", 0).factory());
  private final Loop loop;
  private Instant countedAt = Instant.EPOCH;
  private volatile long watched;

  /**
   * A supervisor that has not begun.
   *
   * @param launches what launches need; their time is the ledger's
   */
  public Supervisor(Tending tending, LaunchWork.Parts launches, Surroundings surroundings) {
    this.tending = tending;
    this.clock = surroundings.clock();
    this.time = new LedgerTime(clock);
    LaunchWork work = new LaunchWork(launches, time, surroundings.random());
    this.relaunches = new Relaunches(tending, work, stopping, clock);
    this.stopper = new Stopper(tending, stopping);
    this.parts = new Round.Parts(tending, new Eyes(tending, stopping), stopper, relaunches, time);
    this.loop = new Loop("supervisor", this::turn, LONGEST_TURN, clock, surroundings.random());
  }

  public void start() {
    loop.start();
  }

  public Loop loop() {
    return loop;
  }

  /** Runs that are watched by all supervisors together, as of the last count. */
  public long watched() {
    return watched;
  }

  /** Runs that this replica launches again. */
  public int relaunching() {
    return relaunches.size();
  }

  /**
   * Claims no more, and lets what is under way end; takes no longer than {@code grace}, by much.
   */
  public void stop(Duration grace) throws InterruptedException {
    Instant deadline = clock.instant().plus(grace);
    stopping.ask();
    if (!loop.stop(Duration.ofSeconds(5))) {
      LOG.error("event=supervisor-stuck");
    }
    relaunches.stop(left(deadline).dividedBy(2));
    threads.shutdown();
    if (!threads.awaitTermination(left(deadline).toNanos(), TimeUnit.NANOSECONDS)) {
      LOG.warn("event=rounds-cut-off");
      threads.shutdownNow();
    }
    stopper.stop(left(deadline));
  }

  private Duration left(Instant deadline) {
    Duration left = Duration.between(clock.instant(), deadline);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private Duration turn() throws InterruptedException {
    if (!rounds.tryAcquire(GLANCE.toNanos(), TimeUnit.NANOSECONDS)) {
      return Duration.ZERO;
    }
    boolean handed = false;
    try {
      RunTimers.Claim claim = tending.ports().timers().claim(TaskWatcher.BATCH, LEASE);
      time.told(claim.now());
      relaunches.keep(claim.now());
      count();
      tending.told().health().well(Dependency.REDIS);
      if (claim.runs().isEmpty()) {
        return wait(claim);
      }
      tending.told().counters().add(Count.RUNS_CLAIMED, claim.runs().size());
      threads.execute(() -> round(claim));
      handed = true;
      return claim.runs().size() == TaskWatcher.BATCH ? Duration.ZERO : wait(claim);
    } catch (LedgerUnavailable away) {
      ledgerAway(String.valueOf(away.getMessage()));
      throw away;
    } finally {
      if (!handed) {
        rounds.release();
      }
    }
  }

  /** Up to the next moment at which supervisors glance. */
  private static Duration wait(RunTimers.Claim claim) {
    long step = (claim.eventsFlow() ? EVENTS_GLANCE : GLANCE).toMillis();
    return Duration.ofMillis(step - claim.now().toEpochMilli() % step);
  }

  private void round(RunTimers.Claim claim) {
    try {
      new Round(parts, claim).run();
    } catch (LedgerUnavailable away) {
      // What was claimed falls due again when its lease is over.
      LOG.warn(
          "event=round-given-up runs={} reason=\"{}\"", claim.runs().size(), away.getMessage());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (Throwable fault) {
      tending.told().counters().add(Count.FAULTS);
      LOG.error("event=round-failed runs={}", claim.runs().size(), fault);
    } finally {
      rounds.release();
    }
  }

  private void count() throws InterruptedException {
    Instant now = clock.instant();
    if (!now.isBefore(countedAt.plus(COUNT_EVERY))) {
      countedAt = now;
      watched = tending.ports().timers().size();
    }
  }

  private void ledgerAway(String detail) throws InterruptedException {
    tending.told().health().unwell(Dependency.REDIS, detail);
    tending
        .told()
        .feed()
        .publish(
            ErrorEvent.error(ErrorCode.REDIS_UNAVAILABLE, Stage.SUPERVISE, Subject.SYSTEM, detail));
  }
}
