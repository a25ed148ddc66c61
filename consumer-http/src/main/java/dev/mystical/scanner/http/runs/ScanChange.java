package dev.mystical.scanner.http.runs;

import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import java.time.Instant;
import java.util.Optional;

/** Writes what a call changes, beside all others who write. */
record ScanChange(ScanLedger ledger) {
  /** Whoever writes first lets the others in after a few tries. */
  private static final int TRIES = 50;

  /**
   * What a call leads to.
   *
   * @param after what is to be written; empty for nothing
   */
  record Step<T>(Optional<Scan> after, T answer) {
    static <T> Step<T> write(Scan after, T answer) {
      return new Step<>(Optional.of(after), answer);
    }

    static <T> Step<T> leave(T answer) {
      return new Step<>(Optional.empty(), answer);
    }
  }

  /** Decides by a scan as it stands. */
  interface Decision<T> {
    Step<T> decide(Scan scan, Instant now);
  }

  /**
   * Decides by the scan as it stands, and again whenever somebody else wrote first, until what was
   * decided is written. Throws {@link LedgerUnavailable} where it is not.
   */
  <T> T apply(Found.Versioned known, Instant since, Decision<T> decision)
      throws InterruptedException {
    ScanKey key = known.scan().key();
    Found.Versioned at = known;
    Instant now = since;
    for (int tries = 0; tries < TRIES; tries++) {
      Step<T> step = decision.decide(at.scan(), now);
      if (step.after().isEmpty()
          || ledger.commit(Commit.of(at, step.after().get(), now))
              instanceof CommitResult.Committed) {
        return step.answer();
      }
      Found found = ledger.load(key);
      if (!(found.entry() instanceof Found.Versioned next)) {
        throw new LedgerUnavailable(key + " is gone", new IllegalStateException("no such scan"));
      }
      at = next;
      now = found.now();
    }
    throw new LedgerUnavailable(
        key + " changes all the time", new IllegalStateException(TRIES + " tries"));
  }
}
