package dev.mystical.scanner.domain.ledger;

import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.Scan;
import java.time.Instant;

/**
 * What the ledger has under a key.
 *
 * @param now the ledger's own time, which alone decides deadlines
 * @param doubtfulBefore scans that were asked for before this moment may be missing although they
 *     have begun: the ledger has lost all it had, and not all of it is rebuilt from ECS yet. Long
 *     past where nothing is in doubt.
 */
public record Found(Entry entry, Instant now, Instant doubtfulBefore) {
  /** Of a ledger that is whole. */
  public Found(Entry entry, Instant now) {
    this(entry, now, Instant.EPOCH);
  }

  /** What stands there. */
  public sealed interface Entry {}

  /** Nothing. */
  public record Absent() implements Entry {}

  /** A scan, and the version under which a commit may replace it. */
  public record Versioned(Scan scan, long version) implements Entry {}

  /** A request that was refused, and failed for good. */
  public record Refused(RefusedScan scan) implements Entry {}
}
