package dev.mystical.scanner.redis.ledger;

import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.ScanUnreadable;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.wire.ScanDocument;
import dev.mystical.scanner.wire.UnreadableDocument;
import java.time.Instant;

/**
 * What {@code load.lua} tells of one key, not read yet.
 *
 * @param version empty where there is no scan
 */
record Loaded(ScanKey key, String version, String document, Instant now, Instant doubtfulBefore) {
  /** Reads it, or throws {@link ScanUnreadable}. */
  Found found() {
    return new Found(version.isEmpty() ? new Found.Absent() : entry(), now, doubtfulBefore);
  }

  private Found.Entry entry() {
    try {
      return switch (ScanDocument.decode(document)) {
        case ScanDocument.Accepted(Scan scan) -> new Found.Versioned(scan, Long.parseLong(version));
        case ScanDocument.Refused(RefusedScan scan) -> new Found.Refused(scan);
      };
    } catch (UnreadableDocument | NumberFormatException e) {
      // Written by a newer version: its replicas can go on with it, this one must leave it alone.
      throw new ScanUnreadable(key, e);
    }
  }
}
