package dev.mystical.scanner.domain.collect;

import java.io.Serial;

/** The store of reports could not be asked, or did not answer; a repeat may help. */
public final class ReportsUnavailable extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public ReportsUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
