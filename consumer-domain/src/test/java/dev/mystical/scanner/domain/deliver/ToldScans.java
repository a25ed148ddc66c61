package dev.mystical.scanner.domain.deliver;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.OutboxEntry;
import dev.mystical.scanner.domain.ledger.ScanEvent;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.ledger.WebhookId;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Scans that have ended, and whose end is to be told, for the contract of {@link Outbox}. */
public abstract class ToldScans {
  protected static final Duration LEASE = Duration.ofSeconds(60);
  protected static final Duration HOUR = Duration.ofHours(1);

  ToldScans() {}

  /** The outbox under test, of {@link #ledger}; empty at the start of each test. */
  protected abstract Outbox outbox() throws InterruptedException;

  /** The ledger whose commits fill the outbox; the same store at every call within a test. */
  protected abstract ScanLedger ledger() throws InterruptedException;

  /** Lets that time pass for the outbox, really or by its clock. */
  protected abstract void elapse(Duration time) throws InterruptedException;

  /** Lets the ledger lose a scan, and nothing else. */
  protected abstract void lose(ScanKey scan) throws InterruptedException;

  /** Lets everything be lost. */
  protected abstract void loseAll() throws InterruptedException;

  /** A scan that began so long ago and has ended now. */
  protected final Scan end(Duration ago) throws InterruptedException {
    return end(SampleScans.newKey(), now().minus(ago));
  }

  /** Lets a scan be lost, rebuilt, and end again. */
  protected final void endAnew(ScanKey key) throws InterruptedException {
    lose(key);
    end(key, now());
  }

  private Scan end(ScanKey key, Instant begun) throws InterruptedException {
    Scan scan = SampleScans.queued(key, SampleScans.full(), begun);
    Scan half = SampleScans.failed(scan, SONAR, ErrorCode.TASK_FAILED, begun);
    Scan ended = SampleScans.failed(half, MYSTICAL, ErrorCode.TASK_FAILED, begun);
    commit(ended);
    return ended;
  }

  /** A scan has ended that nobody wants to be told of. */
  protected final void endUntold() throws InterruptedException {
    Scan scan = SampleScans.queued(SampleScans.newKey(), SampleScans.plain(SONAR), now());
    commit(SampleScans.failed(scan, SONAR, ErrorCode.TASK_FAILED, now()));
  }

  /** What a redelivery would tell now. */
  protected final OutboxEntry entry(Scan scan) throws InterruptedException {
    return new OutboxEntry(
        WebhookId.of(scan),
        SampleScans.CALLBACK,
        new ScanEvent(ScanEvent.Type.SCAN_ENDED, scan, Optional.empty(), now().plusSeconds(1)));
  }

  /** The ledger's time. */
  protected final Instant now() throws InterruptedException {
    return ledger().load(SampleScans.newKey()).now();
  }

  private void commit(Scan scan) throws InterruptedException {
    assertThat(ledger().commit(Commit.of(scan, now()))).isInstanceOf(CommitResult.Committed.class);
  }
}
