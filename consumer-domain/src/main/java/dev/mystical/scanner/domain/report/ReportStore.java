package dev.mystical.scanner.domain.report;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Keeps reports, packed with gzip, for as long as ended scans are kept. Safe for use by many
 * threads and many replicas. Every method blocks for calls of bounded length, holds no more of a
 * report in memory than a buffer, and throws {@link ReportsUnavailable} when there is no answer.
 */
public interface ReportStore {
  /**
   * Keeps a report: all of it, or nothing that {@link #open} would find. A repeat changes nothing
   * but how long it is kept. What the stream throws goes on to the caller.
   *
   * @param packed the report in gzip, read to its end and not closed
   */
  void put(ReportKey key, InputStream packed) throws IOException, InterruptedException;

  /**
   * The report in gzip, from its first byte, if it is kept. Whoever asks closes the stream, which
   * throws {@link IOException} where the rest of the report cannot be had.
   */
  Optional<InputStream> open(ReportKey key) throws InterruptedException;

  /** Keeps a report for the whole time from now on. Answers whether it is there. */
  boolean keep(ReportKey key) throws InterruptedException;
}
