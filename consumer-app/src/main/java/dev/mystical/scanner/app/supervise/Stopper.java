package dev.mystical.scanner.app.supervise;

import dev.mystical.scanner.app.log.LogScope;
import dev.mystical.scanner.app.loop.StopSignal;
import dev.mystical.scanner.app.metrics.Counters.Count;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.launch.Admission;
import dev.mystical.scanner.domain.launch.Trouble;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.supervise.StopOutcome;
import dev.mystical.scanner.domain.supervise.SuperviseStep.StopCall;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks ECS to stop tasks, within the pace that it shares with launches, on threads of its own, so
 * that a call that hangs holds up no look. A call that finds no place is dropped: the wish stands
 * in the ledger, and is carried out at one of the next looks.
 */
final class Stopper {
  private static final Logger LOG = LoggerFactory.getLogger(Stopper.class);

  /** At once; the pace lets through no more than some twenty a second in any case. */
  static final int CALLS = 8;

  private static final int WAITING = 200;

  private final Tending tending;
  private final StopSignal stopping;
  private final Semaphore places = new Semaphore(WAITING);
  private final Semaphore calls = new Semaphore(CALLS);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("stop-task-", 0).factory());

  Stopper(Tending tending, StopSignal stopping) {
    this.tending = tending;
    this.stopping = stopping;
  }

  /** Takes a task that is to be stopped, as the ledger already knows. */
  void accept(StopCall call) {
    if (!places.tryAcquire()) {
      LOG.debug("event=stop-put-off task={}", call.task());
      return;
    }
    try {
      LogScope scope = LogScope.present();
      threads.execute(() -> {
        try {
          scope.during(() -> run(call));
        } finally {
          places.release();
        }
      });
    } catch (RejectedExecutionException stopped) {
      places.release();
    }
  }

  private void run(StopCall call) {
    try {
      calls.acquire();
      try {
        stop(call);
      } finally {
        calls.release();
      }
    } catch (LedgerUnavailable away) {
      LOG.debug("event=stop-put-off task={} reason=\"{}\"", call.task(), away.getMessage());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (Throwable fault) {
      tending.told().counters().add(Count.FAULTS);
      LOG.error("event=stop-failed task={}", call.task(), fault);
    }
  }

  private void stop(StopCall call) throws InterruptedException {
    if (!(tending.ports().pace().stop() instanceof Admission.Go(Duration in))
        || stopping.within(in)) {
      return;
    }
    StopOutcome outcome =
        tending.ports().watcher().stop(call.cluster(), call.task(), call.reason().text());
    LOG.info("event=stop-task task={} reason={} outcome={}", call.task(), call.reason(), outcome);
    if (outcome instanceof StopOutcome.Refused(Trouble trouble)) {
      tending
          .told()
          .feed()
          .publish(
              ErrorEvent.warn(
                      ErrorCode.ECS_UNAVAILABLE,
                      Stage.SUPERVISE,
                      Subject.SYSTEM,
                      "StopTask: " + trouble.message())
                  .withRequest(trouble.requestId()));
    }
  }

  /** Lets what is under way end by itself for so long. */
  void stop(Duration grace) throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS)) {
      threads.shutdownNow();
    }
  }
}
