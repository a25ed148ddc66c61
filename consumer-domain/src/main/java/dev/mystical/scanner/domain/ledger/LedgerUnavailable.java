package dev.mystical.scanner.domain.ledger;

import java.io.Serial;

/** The ledger could not be asked, or did not answer; a write may or may not have happened. */
public sealed class LedgerUnavailable extends RuntimeException permits ScanUnreadable {
  @Serial private static final long serialVersionUID = 1L;

  public LedgerUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
