package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.ledger.InMemoryScanLedger;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.WatchedRuns;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** The timers of a ledger in memory. Safe for use by many threads; the ledger guards them. */
public final class InMemoryRunTimers implements RunTimers {
  private static final Duration EVENTS_FLOW = Duration.ofMinutes(5);
  private static final Duration FAR = Duration.ofDays(1);

  private final InMemoryScanLedger ledger;
  private final InstantSource clock;
  private final AtomicReference<Instant> eventsUntil = new AtomicReference<>(Instant.MIN);
  private final AtomicInteger failing = new AtomicInteger();

  public InMemoryRunTimers(InMemoryScanLedger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** So many next calls throw, and do nothing. */
  public void failNext(int calls) {
    failing.addAndGet(calls);
  }

  @Override
  public Claim claim(int most, Duration lease) throws InterruptedException {
    return call(watched -> {
      Instant now = clock.instant();
      // Commits ask for whole milliseconds: no time of theirs is the end of a lease.
      Instant until = now.plus(lease).plus(Duration.ofNanos(1_000));
      List<RunRef> runs = watched.due(now).stream().limit(most).toList();
      runs.forEach(run -> watched.set(run, until));
      Instant next = watched.first().orElse(now.plus(FAR));
      return new Claim(runs, until, next, now, eventsUntil.get().isAfter(now));
    });
  }

  @Override
  public void putOff(Claim claim, Map<RunRef, Instant> times) throws InterruptedException {
    call(watched -> {
      times.forEach((run, due) -> {
        if (watched.timer(run).equals(Optional.of(claim.until()))) {
          watched.set(run, due);
        }
      });
      return true;
    });
  }

  @Override
  public void forget(Collection<RunRef> runs) throws InterruptedException {
    call(watched -> {
      runs.stream().filter(run -> !ledger.has(run.scan())).forEach(watched::remove);
      return true;
    });
  }

  @Override
  public int hurry(Collection<TaskArn> tasks) throws InterruptedException {
    return call(watched -> {
      Instant now = clock.instant();
      List<RunRef> ours =
          tasks.stream()
              .distinct()
              .flatMap(task -> watched.owner(task).stream())
              .filter(run -> watched.timer(run).isPresent())
              .toList();
      ours.forEach(run -> watched.hurry(run, now));
      if (!ours.isEmpty()) {
        eventsUntil.set(now.plus(EVENTS_FLOW));
      }
      return ours.size();
    });
  }

  @Override
  public long size() throws InterruptedException {
    return call(watched -> (long) watched.size());
  }

  private <T> T call(Function<WatchedRuns, T> work) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new LedgerUnavailable("failed by the test", new IOException("connection refused"));
    }
    return ledger.watching(work);
  }
}
