package dev.mystical.scanner.app.supervise;

import dev.mystical.scanner.app.consume.Counters.Count;
import dev.mystical.scanner.app.consume.Custody;
import dev.mystical.scanner.app.consume.LaunchWork;
import dev.mystical.scanner.app.loop.StopSignal;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.supervise.RunRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Launches runs that no message launches: later attempts, and what a person has retried. One
 * virtual thread a run, which may wait for hours for capacity and holds nothing but its place here;
 * the places bound them. The run's timer is its lease, and is put off for as long as it is here;
 * two replicas that launch the same run by mistake are harmless, as with messages.
 */
final class Relaunches {
  private static final Logger LOG = LoggerFactory.getLogger(Relaunches.class);

  /** How many runs may wait for their launch in one replica. */
  static final int PLACES = 2_000;

  private static final Duration KEPT = Duration.ofSeconds(60);
  private static final Duration KEEP_EVERY = Duration.ofSeconds(20);

  private final Tending tending;
  private final LaunchWork launches;
  private final StopSignal stopping;
  private final InstantSource clock;
  private final Semaphore places = new Semaphore(PLACES);
  private final Set<RunRef> runs = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("relaunch-", 0).factory());
  // Touched by the supervisor's loop alone.
  private Instant keptAt = Instant.EPOCH;

  Relaunches(Tending tending, LaunchWork launches, StopSignal stopping, InstantSource clock) {
    this.tending = tending;
    this.launches = launches;
    this.stopping = stopping;
    this.clock = clock;
  }

  /** Takes a run, and answers for how long its timer should be put off. */
  Duration accept(RunRef run, Found.Versioned scan) {
    if (!places.tryAcquire()) {
      return Duration.ofSeconds(15);
    }
    if (!runs.add(run)) {
      places.release();
      return KEPT;
    }
    try {
      tending.told().counters().add(Count.RELAUNCHED);
      threads.execute(() -> run(run, scan));
      return KEPT;
    } catch (RejectedExecutionException stopped) {
      free(run);
      return Duration.ofSeconds(1);
    }
  }

  /** Keeps the timers of the runs that are here from falling due. */
  void keep(Instant ledgerNow) throws InterruptedException {
    Instant now = clock.instant();
    if (runs.isEmpty() || now.isBefore(keptAt.plus(KEEP_EVERY))) {
      return;
    }
    keptAt = now;
    Map<RunRef, Instant> times =
        runs.stream().collect(Collectors.toMap(Function.identity(), it -> ledgerNow.plus(KEPT)));
    tending.ports().timers().putOff(times);
  }

  int size() {
    return runs.size();
  }

  private void run(RunRef run, Found.Versioned scan) {
    try {
      Custody custody = new Custody(run.toString(), () -> true, stopping, clock);
      custody.check();
      launches.relaunch(scan, run.provider(), custody);
    } catch (Custody.Ended ended) {
      LOG.info("event=relaunch-handed-over reason=\"{}\"", ended.getMessage());
    } catch (LedgerUnavailable away) {
      // Its timer falls due in a minute, here or elsewhere.
      LOG.warn("event=relaunch-put-off run={} reason=\"{}\"", run, away.getMessage());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (Throwable fault) {
      faulty(run, fault);
    } finally {
      free(run);
    }
  }

  private void faulty(RunRef run, Throwable fault) {
    tending.told().counters().add(Count.FAULTS);
    LOG.error("event=relaunch-failed run={}", run, fault);
    try {
      tending
          .told()
          .feed()
          .publish(
              ErrorEvent.error(
                  ErrorCode.INTERNAL,
                  Stage.LAUNCH,
                  Subject.of(run.scan()).run(run.provider(), 1),
                  fault.toString()));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void free(RunRef run) {
    runs.remove(run);
    places.release();
  }

  /** Lets what is under way end by itself for so long; what is cut off goes on elsewhere. */
  void stop(Duration grace) throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS)) {
      LOG.warn("event=relaunches-cut-off runs={}", runs);
      threads.shutdownNow();
    }
  }
}
