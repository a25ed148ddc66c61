package dev.mystical.scanner.app.consume;

import dev.mystical.scanner.app.log.LogScope;
import dev.mystical.scanner.app.loop.StopSignal;
import dev.mystical.scanner.app.metrics.Counters;
import dev.mystical.scanner.app.metrics.Counters.Count;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.ErrorFeed;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.ledger.ScanUnreadable;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.scan.ErrorCode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One virtual thread a message. However its work ends, the message leaves its seat in exactly one
 * way: to the deleter with a proof, or back to the queue.
 */
final class Workers {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  /** Each return costs a receive, and the queue's limit ends in the dead letters. */
  private static final Duration LEFT_FOR = Duration.ofMinutes(5);

  private final MessageWork work;
  private final InFlight inFlight;
  private final Deleter deleter;
  private final ErrorFeed feed;
  private final StopSignal stopping;
  private final InstantSource clock;
  private final Counters counters;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("message-", 0).factory());

  /** Where messages come from and go to. */
  record Custodians(InFlight inFlight, Deleter deleter) {}

  Workers(
      MessageWork work,
      Custodians custodians,
      ErrorFeed feed,
      StopSignal stopping,
      InstantSource clock,
      Counters counters) {
    this.work = work;
    this.inFlight = custodians.inFlight();
    this.deleter = custodians.deleter();
    this.feed = feed;
    this.stopping = stopping;
    this.clock = clock;
    this.counters = counters;
  }

  void accept(Delivery delivery) {
    try {
      threads.execute(() -> run(delivery));
    } catch (RejectedExecutionException stopped) {
      giveBack(delivery, Duration.ZERO);
    }
  }

  /** Lets the work end by itself for so long, then interrupts what is left. */
  void stop(Duration grace) throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS)) {
      LOG.warn("event=workers-cut-off messageIds={}", inFlight.ids());
      threads.shutdownNow();
      if (!threads.awaitTermination(2, TimeUnit.SECONDS)) {
        LOG.error("event=workers-stuck messageIds={}", inFlight.ids());
      }
    }
  }

  private void run(Delivery delivery) {
    LogScope.of(delivery.id()).during(() -> work(delivery));
  }

  private void work(Delivery delivery) {
    try {
      Custody custody =
          new Custody(delivery.id().value(), () -> inFlight.holds(delivery.id()), stopping, clock);
      custody.check();
      deleter.accept(delivery.id(), work.work(delivery, custody));
    } catch (Custody.Ended ended) {
      LOG.info("event=handed-over reason=\"{}\"", ended.getMessage());
      giveBack(delivery, Duration.ZERO);
    } catch (ScanUnreadable later) {
      leave(delivery, later);
    } catch (InterruptedException stop) {
      giveBack(delivery, Duration.ZERO);
      Thread.currentThread().interrupt();
    } catch (Throwable fault) {
      faulty(delivery, fault);
    }
  }

  /** A replica of the version that wrote it can go on with it, if one receives it. */
  private void leave(Delivery delivery, ScanUnreadable later) {
    LOG.warn("event=message-left messageId={} reason=\"{}\"", delivery.id(), later.getMessage());
    tell(
        ErrorEvent.warn(
            ErrorCode.INTERNAL,
            Stage.LAUNCH,
            Subject.of(delivery.id()),
            String.valueOf(later.getMessage())),
        delivery,
        LEFT_FOR);
  }

  /** Our own fault, or one that no rule foresees: later again, and in the end the queue's limit. */
  private void faulty(Delivery delivery, Throwable fault) {
    counters.add(Count.FAULTS);
    LOG.error("event=message-failed messageId={}", delivery.id(), fault);
    tell(
        ErrorEvent.error(
            ErrorCode.INTERNAL, Stage.LAUNCH, Subject.of(delivery.id()), fault.toString()),
        delivery,
        laterBy(delivery.receiveCount()));
  }

  /** The message goes back, whatever becomes of the telling. */
  private void tell(ErrorEvent event, Delivery delivery, Duration hidden) {
    try {
      feed.publish(event);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      giveBack(delivery, hidden);
    }
  }

  private static Duration laterBy(int receives) {
    return Duration.ofSeconds(Math.min(5L << Math.clamp(receives - 1, 0, 10), 600));
  }

  private void giveBack(Delivery delivery, Duration hidden) {
    inFlight.giveBack(delivery.id(), clock.instant(), hidden);
  }
}
