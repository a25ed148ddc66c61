package dev.mystical.scanner.app.system;

import dev.mystical.scanner.app.loop.MonotonicClock;
import dev.mystical.scanner.domain.feed.ErrorStamp;
import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.redis.RedisAddress;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.RedisKeys;
import dev.mystical.scanner.redis.ledger.LedgerTerms;
import dev.mystical.scanner.redis.ledger.RedisScanLedger;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** What the replicas have written of each scan. */
final class SystemLedger implements AutoCloseable {
  private final RedisConnection redis;
  private final RedisScanLedger ledger;

  SystemLedger(URI uri) {
    InstantSource wall = InstantSource.system();
    redis =
        RedisConnection.open(
            RedisAddress.parse(uri.toString()),
            8,
            new MonotonicClock(wall.instant(), System::nanoTime));
    ledger =
        new RedisScanLedger(
            redis,
            new RedisKeys("scanner"),
            new ErrorStamp("test", wall, new Redactor(List.of())),
            LedgerTerms.keeping(Duration.ofDays(7)));
  }

  /** What came of a wish to cancel a scan. */
  enum Cancel {
    DONE,
    /** It had ended. */
    TOO_LATE,
    /** There is no such scan, at the moment. */
    UNKNOWN
  }

  /** Cancels a scan as the API and the command line do: in a race with all who write to it. */
  Cancel cancel(String scanId) throws InterruptedException {
    ScanKey key = new ScanKey(Tenant.DEFAULT, new ScanId(scanId));
    while (true) {
      Found found = ledger.load(key);
      if (!(found.entry() instanceof Found.Versioned current)) {
        return Cancel.UNKNOWN;
      }
      if (current.scan().status().ended()) {
        return Cancel.TOO_LATE;
      }
      Commit commit = Commit.of(current, current.scan().cancelled(found.now()), found.now());
      if (ledger.commit(commit) instanceof CommitResult.Committed) {
        return Cancel.DONE;
      }
    }
  }

  Found.Entry entry(String scanId) throws InterruptedException {
    return ledger.load(new ScanKey(Tenant.DEFAULT, new ScanId(scanId))).entry();
  }

  Scan scan(String scanId) throws InterruptedException {
    return switch (entry(scanId)) {
      case Found.Versioned(Scan scan, long version) -> scan;
      case Found.Absent absent -> throw new AssertionError("the ledger has no scan " + scanId);
      case Found.Refused refused -> throw new AssertionError("refused: " + refused.scan());
    };
  }

  @Override
  public void close() {
    redis.close();
  }
}
