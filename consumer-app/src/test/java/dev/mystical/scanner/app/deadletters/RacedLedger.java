package dev.mystical.scanner.app.deadletters;

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
import java.util.concurrent.atomic.AtomicReference;

/** A ledger to which somebody else does something between the first load and what follows it. */
public final class RacedLedger implements ScanLedger {
  /** What somebody else does. */
  @FunctionalInterface
  public interface Rival {
    void act() throws InterruptedException;
  }

  private final ScanLedger ledger;
  private final AtomicReference<Optional<Rival>> rival;

  public RacedLedger(ScanLedger ledger, Rival rival) {
    this.ledger = ledger;
    this.rival = new AtomicReference<>(Optional.of(rival));
  }

  @Override
  public Found load(ScanKey key) throws InterruptedException {
    Found found = ledger.load(key);
    Optional<Rival> act = rival.getAndSet(Optional.empty());
    if (act.isPresent()) {
      act.get().act();
    }
    return found;
  }

  @Override
  public Map<ScanKey, Found> loadAll(Collection<ScanKey> keys) throws InterruptedException {
    return ledger.loadAll(keys);
  }

  @Override
  public CommitResult commit(Commit commit) throws InterruptedException {
    return ledger.commit(commit);
  }

  @Override
  public boolean settled(MessageId message) throws InterruptedException {
    return ledger.settled(message);
  }

  @Override
  public void settle(MessageId message, Optional<RefusedScan> scan, ErrorEvent why)
      throws InterruptedException {
    ledger.settle(message, scan, why);
  }

  @Override
  public boolean reopen(ScanKey key) throws InterruptedException {
    return ledger.reopen(key);
  }
}
