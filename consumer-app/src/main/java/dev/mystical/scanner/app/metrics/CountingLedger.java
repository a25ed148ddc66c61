package dev.mystical.scanner.app.metrics;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.ScanKey;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * A ledger whose changes are counted, where they are made and nowhere else. What was not written is
 * not counted, and what is written is counted by the one process that wrote it; a commit whose
 * answer was lost by none.
 */
public final class CountingLedger implements ScanLedger {
  private final ScanLedger ledger;
  private final ScanMeters meters;

  public CountingLedger(ScanLedger ledger, ScanMeters meters) {
    this.ledger = ledger;
    this.meters = meters;
  }

  @Override
  public Found load(ScanKey key) throws InterruptedException {
    return ledger.load(key);
  }

  @Override
  public Map<ScanKey, Found> loadAll(Collection<ScanKey> keys) throws InterruptedException {
    return ledger.loadAll(keys);
  }

  @Override
  public CommitResult commit(Commit commit) throws InterruptedException {
    CommitResult result = ledger.commit(commit);
    if (result instanceof CommitResult.Committed) {
      // What follows from the difference of two scans is derived by the commit itself.
      commit.events().forEach(meters::committed);
    }
    return result;
  }

  @Override
  public boolean settled(MessageId message) throws InterruptedException {
    return ledger.settled(message);
  }

  @Override
  public void settle(MessageId message, Optional<RefusedScan> scan, ErrorEvent why)
      throws InterruptedException {
    ledger.settle(message, scan, why);
    meters.refused(why.code());
  }

  @Override
  public boolean reopen(ScanKey key) throws InterruptedException {
    return ledger.reopen(key);
  }
}
