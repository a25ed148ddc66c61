package dev.mystical.scanner.app.consume;

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

/** A ledger that tells of each load before it is made, and of each commit after it. */
record TellingLedger(
    ScanLedger ledger, Runnable onLoad, java.util.function.Consumer<Commit> onCommit)
    implements ScanLedger {
  @Override
  public Found load(ScanKey key) throws InterruptedException {
    onLoad.run();
    return ledger.load(key);
  }

  @Override
  public CommitResult commit(Commit commit) throws InterruptedException {
    CommitResult result = ledger.commit(commit);
    onCommit.accept(commit);
    return result;
  }

  @Override
  public Map<ScanKey, Found> loadAll(Collection<ScanKey> keys) throws InterruptedException {
    return ledger.loadAll(keys);
  }

  @Override
  public boolean reopen(ScanKey key) throws InterruptedException {
    return ledger.reopen(key);
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
}
