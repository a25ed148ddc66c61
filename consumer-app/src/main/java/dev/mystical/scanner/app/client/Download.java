package dev.mystical.scanner.app.client;

import dev.mystical.scanner.wire.report.SpooledReport;

/** What came of asking for a report. */
sealed interface Download {
  /** It is here; whoever asked closes it. */
  record Kept(SpooledReport report) implements Download {}

  /** It is not. */
  record Failed(Reply reply) implements Download {}
}
