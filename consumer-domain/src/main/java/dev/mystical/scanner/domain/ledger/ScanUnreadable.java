package dev.mystical.scanner.domain.ledger;

import dev.mystical.scanner.domain.scan.ScanKey;
import java.io.Serial;

/**
 * The ledger answered, and has a document of this scan that cannot be read: a later version of this
 * program wrote it. Its replicas can go on with the scan; this one must leave it as it is.
 */
public final class ScanUnreadable extends LedgerUnavailable {
  @Serial private static final long serialVersionUID = 1L;

  public ScanUnreadable(ScanKey key, Throwable cause) {
    super("the document of " + key + " is unreadable: " + cause.getMessage(), cause);
  }
}
