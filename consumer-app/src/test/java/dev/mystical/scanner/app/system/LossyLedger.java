package dev.mystical.scanner.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.ScanKey;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A ledger that fails at the first commit that says of a run that it is launched. */
final class LossyLedger implements ScanLedger {
  /** What is left of the commit. */
  enum When {
    /** It is not made. */
    INSTEAD,
    /** It is made, and nobody hears of it. */
    AFTER
  }

  /** The moment at which a replica stands still for good. */
  static final class Death {
    private final CountDownLatch come = new CountDownLatch(1);

    void await() throws InterruptedException {
      assertThat(come.await(60, TimeUnit.SECONDS)).as("launched").isTrue();
    }

    private CommitResult stand() throws InterruptedException {
      come.countDown();
      new CountDownLatch(1).await();
      throw new IllegalStateException("nothing ends this wait");
    }
  }

  @FunctionalInterface
  private interface Loss {
    CommitResult at(Commit commit) throws InterruptedException;
  }

  private final ScanLedger ledger;
  private final Loss loss;
  private final AtomicBoolean lost = new AtomicBoolean();

  private LossyLedger(ScanLedger ledger, Loss loss) {
    this.ledger = ledger;
    this.loss = loss;
  }

  static LossyLedger away(ScanLedger ledger, When when) {
    return new LossyLedger(
        ledger,
        commit -> {
          if (when == When.AFTER) {
            assertThat(ledger.commit(commit)).isInstanceOf(CommitResult.Committed.class);
          }
          throw new LedgerUnavailable("away by the test", new IOException("connection reset"));
        });
  }

  static LossyLedger dying(ScanLedger ledger, Death death) {
    return new LossyLedger(ledger, commit -> death.stand());
  }

  @Override
  public CommitResult commit(Commit commit) throws InterruptedException {
    boolean launched = commit.scan().runs().stream().anyMatch(run -> run.status().launched());
    return launched && lost.compareAndSet(false, true) ? loss.at(commit) : ledger.commit(commit);
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
