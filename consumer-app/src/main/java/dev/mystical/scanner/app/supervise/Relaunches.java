package dev.mystical.scanner.app.supervise;

import dev.mystical.scanner.app.consume.Custody;
import dev.mystical.scanner.app.consume.LaunchWork;
import dev.mystical.scanner.app.log.LogScope;
import dev.mystical.scanner.app.loop.StopSignal;
import dev.mystical.scanner.app.metrics.Counters.Count;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.supervise.RunRef;
import dev.mystical.scanner.domain.supervise.RunTimers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
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

  private static final Duration KEPT = Duration.ofSeconds(30);
  private static final Duration KEEP_EVERY = Duration.ofSeconds(10);
  private static final Duration FULL = Duration.ofSeconds(15);

  private final Tending tending;
  private final LaunchWork launches;
  private final StopSignal stopping;
  private final InstantSource clock;
  private final Semaphore places = new Semaphore(PLACES);

  /** The runs that are here, each with the time at which its timer was last set from here. */
  private final Map<RunRef, Instant> runs = new ConcurrentHashMap<>();

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

  /** Takes a run if it is not here yet, and answers to when its timer is to be put off. */
  Instant accept(RunRef run, Found.Versioned scan, Instant ledgerNow) {
    Instant kept = ledgerNow.plus(KEPT).truncatedTo(ChronoUnit.MILLIS);
    if (runs.replace(run, kept) != null) {
      return kept;
    }
    if (!places.tryAcquire()) {
      return ledgerNow.plus(FULL);
    }
    runs.put(run, kept);
    try {
      threads.execute(() -> run(run, scan));
    } catch (RejectedExecutionException stopped) {
      free(run);
    }
    return kept;
  }

  /**
   * Keeps the timers of the runs that are here from falling due, unless somebody else has set them
   * since. Called by the supervisor's loop alone.
   */
  void keep(Instant ledgerNow) throws InterruptedException {
    Instant now = clock.instant();
    if (runs.isEmpty() || now.isBefore(keptAt.plus(KEEP_EVERY))) {
      return;
    }
    keptAt = now;
    Instant next = ledgerNow.plus(KEPT).truncatedTo(ChronoUnit.MILLIS);
    Map<Instant, List<RunRef>> groups =
        runs.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getValue,
                    Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
    for (Map.Entry<Instant, List<RunRef>> group : groups.entrySet()) {
      RunTimers.Claim mine =
          new RunTimers.Claim(group.getValue(), group.getKey(), next, ledgerNow, false);
      tending
          .ports()
          .timers()
          .putOff(
              mine,
              group.getValue().stream()
                  .collect(Collectors.toMap(Function.identity(), run -> next)));
      group.getValue().forEach(run -> runs.replace(run, group.getKey(), next));
    }
  }

  int size() {
    return runs.size();
  }

  private void run(RunRef run, Found.Versioned scan) {
    LogScope.of(run.scan(), run.provider()).during(() -> launch(run, scan));
  }

  private void launch(RunRef run, Found.Versioned scan) {
    try {
      Custody custody = new Custody(run.toString(), () -> true, stopping, clock);
      custody.check();
      launches.relaunch(scan, run.provider(), custody);
    } catch (Custody.Ended ended) {
      LOG.info("event=relaunch-handed-over reason=\"{}\"", ended.getMessage());
    } catch (LedgerUnavailable away) {
      // Its timer falls due in a minute, here or elsewhere.
      LOG.warn("event=relaunch-put-off reason=\"{}\"", away.getMessage());
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
    LOG.error("event=relaunch-failed", fault);
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
      LOG.warn("event=relaunches-cut-off runIds={}", runs.keySet());
      threads.shutdownNow();
    }
  }
}
