package dev.mystical.scanner.wire.report;

/**
 * How large a report may be.
 *
 * @param packed bytes as they were sent, where they are packed
 * @param unpacked bytes of the document
 * @param ratio how many times larger the document may be than what was sent
 * @param results findings and others, of all runs together
 * @param items entries of any other list, and of all lists of one kind together
 */
public record ReportLimits(long packed, long unpacked, int ratio, int results, int items) {
  private static final long MEBIBYTE = 1024 * 1024;

  public static final ReportLimits STANDARD =
      new ReportLimits(25 * MEBIBYTE, 200 * MEBIBYTE, 100, 25_000, 100_000);

  public ReportLimits {
    if (packed < 1 || unpacked < 1 || ratio < 1 || results < 1 || items < 1) {
      throw new IllegalArgumentException(
          "limits must be positive, but are %d, %d, %d, %d, %d"
              .formatted(packed, unpacked, ratio, results, items));
    }
  }
}
