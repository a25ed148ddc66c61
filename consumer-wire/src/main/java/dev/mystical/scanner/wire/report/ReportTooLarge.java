package dev.mystical.scanner.wire.report;

import java.io.IOException;
import java.io.Serial;

/** A report goes beyond a limit. The message says which, in words for people. */
public final class ReportTooLarge extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  ReportTooLarge(String why) {
    super(why);
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
