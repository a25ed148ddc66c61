package dev.mystical.scanner.domain.collect;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Keeps reports, packed with gzip, for a fixed time from the last {@link #put} or {@link #keep} on,
 * which is longer than ended scans are kept. Safe for use by many threads and many replicas. Every
 * method blocks for calls of bounded length, holds no more of a report in memory than a buffer or
 * two, and throws {@link ReportsUnavailable} when there is no answer.
 *
 * <p>A store does not look into what it is given. Whoever puts a report has packed it from what the
 * key's hash was taken of; whoever hands one out, alone or merged with others, unpacks it and
 * compares its hash with the one that the ledger has ({@link StoredReport#sha256}).
 */
public interface ReportStore {
  /**
   * Keeps a report: all of it, or nothing that {@link #open} would find, even where the process
   * dies half way. Once it returns, others find it. A report that is there already stays byte for
   * byte as it is, and a repeat changes nothing but how long it is kept, so that nobody's reading
   * is disturbed. What the stream throws goes on to the caller as it is.
   *
   * @param packed the report in gzip, read to its end and not closed
   */
  void put(ReportKey key, InputStream packed) throws IOException, InterruptedException;

  /**
   * The report in gzip, from its first byte, if it is kept. Whoever asks closes the stream, which
   * throws {@link IOException} where the rest of the report cannot be had, be it gone or out of
   * reach: it never just ends early. One thread at a time reads from it; its reads block for a call
   * of bounded length each.
   */
  Optional<InputStream> open(ReportKey key) throws InterruptedException;

  /** Keeps a report for the whole time from now on. Answers whether it is there; idempotent. */
  boolean keep(ReportKey key) throws InterruptedException;
}
