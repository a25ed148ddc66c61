package dev.mystical.scanner.domain.ledger;

import java.io.Serial;

/** The ledger could not be asked, or did not answer; a write may or may not have happened. */
public final class LedgerUnavailable extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public LedgerUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
