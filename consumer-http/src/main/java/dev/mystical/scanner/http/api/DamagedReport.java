package dev.mystical.scanner.http.api;

import dev.mystical.scanner.domain.collect.ReportKey;
import java.io.IOException;

/** What the store has under a report's name is not that report any more. */
final class DamagedReport extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient ReportKey key;

  DamagedReport(ReportKey key, String why) {
    super("the stored report of %s is damaged: %s".formatted(key.provider(), why));
    this.key = key;
  }

  DamagedReport(ReportKey key, String why, IOException cause) {
    this(key, why);
    initCause(cause);
  }

  ReportKey key() {
    return key;
  }
}
