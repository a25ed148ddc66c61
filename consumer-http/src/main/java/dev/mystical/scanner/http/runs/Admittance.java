package dev.mystical.scanner.http.runs;

import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.ScanWriter;
import dev.mystical.scanner.domain.scan.ProviderId;
import java.time.Instant;

/** Whether whoever calls may speak for a run. */
sealed interface Admittance {
  /**
   * It is the container of this attempt.
   *
   * @param scan as it stood
   * @param now the ledger's time
   */
  record Granted(Found.Versioned scan, ProviderId provider, int attempt, Instant now)
      implements Admittance {
    /** Writes what is decided about its scan; throws {@link LedgerUnavailable} if it is not. */
    <T> T write(ScanWriter scans, ScanWriter.Decision<T> decision) throws InterruptedException {
      return scans
          .apply(scan, now, decision)
          .orElseThrow(() ->
              new LedgerUnavailable(
                  scan.scan().key() + " changes all the time, or is gone",
                  new IllegalStateException("not written")));
    }
  }

  /** Its token is none of ours, or no longer good. */
  record Unproven() implements Admittance {}

  /** Its token is that of another run of the same scan. */
  record Foreign() implements Admittance {}

  /** Its token is good, but no such run is known: nobody waits for it. */
  record Unknown() implements Admittance {}

  /** Its token is good, and its scan may be about to be rebuilt: it should ask again. */
  record Doubtful() implements Admittance {}
}
