package dev.mystical.scanner.domain.ledger;

import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanStatus;
import java.time.Instant;

/**
 * Writes what a person wants of a scan into the ledger, and nothing more: what is written there the
 * supervisors carry out. Used by many threads; has no state.
 */
public final class ScanChanges {
  private final ScanLedger ledger;

  public ScanChanges(ScanLedger ledger) {
    this.ledger = ledger;
  }

  /** What a person wants. */
  public enum Wish {
    CANCEL,
    RETRY;

    /** Whether a scan that is so far can be changed so. */
    boolean fits(ScanStatus status) {
      return switch (this) {
        case CANCEL -> !status.ended();
        case RETRY -> status.ended() && status != ScanStatus.SUCCEEDED;
      };
    }

    Scan of(Scan scan, Instant now) {
      return switch (this) {
        case CANCEL -> scan.cancelled(now);
        case RETRY -> scan.retried(now);
      };
    }
  }

  /** What became of a wish. */
  public sealed interface Outcome {
    /** It is written; the scan as it is now. */
    record Changed(Scan scan) implements Outcome {}

    /** There is no such scan. */
    record Absent() implements Outcome {}

    /** The scan was refused before it began, and cannot be changed. */
    record Refused(RefusedScan scan) implements Outcome {}

    /** The scan is not so far, or too far; as it is. */
    record Unfit(Scan scan) implements Outcome {}

    /** Others wrote first each time; another try may help. */
    record Contended() implements Outcome {}
  }

  /**
   * Changes a scan. Blocks for a bounded number of calls of bounded length, and throws {@link
   * LedgerUnavailable} when there is no answer; the change may then have been written.
   */
  public Outcome change(ScanKey key, Wish wish) throws InterruptedException {
    Found found = ledger.load(key);
    return switch (found.entry()) {
      case Found.Absent() -> new Outcome.Absent();
      case Found.Refused(RefusedScan refused) -> new Outcome.Refused(refused);
      case Found.Versioned known ->
          new ScanWriter(ledger)
              .apply(known, found.now(), (scan, now) -> step(scan, wish, now))
              .orElseGet(Outcome.Contended::new);
    };
  }

  private static ScanWriter.Step<Outcome> step(Scan scan, Wish wish, Instant now) {
    if (!wish.fits(scan.status())) {
      return ScanWriter.Step.leave(new Outcome.Unfit(scan));
    }
    Scan after = wish.of(scan, now);
    return ScanWriter.Step.write(after, new Outcome.Changed(after));
  }
}
