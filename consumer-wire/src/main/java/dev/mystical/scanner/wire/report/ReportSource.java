package dev.mystical.scanner.wire.report;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of one report, which are read more than once. */
@FunctionalInterface
public interface ReportSource {

  /**
   * A new stream from the first byte on, the same bytes each time; whoever opens it closes it. It
   * throws {@link ReportTooLarge} where the report goes beyond a limit.
   */
  InputStream open() throws IOException;
}
