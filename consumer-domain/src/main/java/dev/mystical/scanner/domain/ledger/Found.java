package dev.mystical.scanner.domain.ledger;

import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.Scan;
import java.time.Instant;

/**
 * What the ledger has under a key.
 *
 * @param now the ledger's own time, which alone decides deadlines
 */
public record Found(Entry entry, Instant now) {
  /** What stands there. */
  public sealed interface Entry {}

  /** Nothing. */
  public record Absent() implements Entry {}

  /** A scan, and the version under which a commit may replace it. */
  public record Versioned(Scan scan, long version) implements Entry {}

  /** A request that was refused, and failed for good. */
  public record Refused(RefusedScan scan) implements Entry {}
}
