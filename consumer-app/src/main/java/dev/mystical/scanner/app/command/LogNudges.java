package dev.mystical.scanner.app.command;

import dev.mystical.scanner.app.client.Nudges;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.live.EntryLog;
import dev.mystical.scanner.domain.live.StateChange;
import dev.mystical.scanner.domain.live.Streamed;
import dev.mystical.scanner.domain.scan.ScanKey;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Nudges from the log of events. One virtual thread follows it, and ends with it. */
final class LogNudges implements Nudges {
  private final Semaphore news = new Semaphore(0);
  private final Thread thread;

  /** Of what changes from now on. */
  LogNudges(EntryLog<StateChange> log, ScanKey scan) {
    thread = Thread.ofVirtual().name("scan-events").start(() -> follow(log, scan));
  }

  private void follow(EntryLog<StateChange> log, ScanKey scan) {
    try {
      log.follow(log.end(), entry -> tell(entry, scan));
    } catch (LedgerUnavailable e) {
      // Then the scan is asked for every few seconds, and that must do.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(Streamed<StateChange> entry, ScanKey scan) {
    StateChange change = entry.value();
    if (change.scanId().equals(scan.id().value())
        && change.tenant().equals(scan.tenant().value())) {
      news.release();
    }
  }

  @Override
  public void await(Duration most) throws InterruptedException {
    if (news.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS)) {
      news.drainPermits();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
