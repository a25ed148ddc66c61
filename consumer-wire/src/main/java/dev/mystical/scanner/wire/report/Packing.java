package dev.mystical.scanner.wire.report;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** How a report's bytes are packed on their way. */
public enum Packing {
  NONE,
  GZIP;

  /** So much may come out of however little: small documents pack well. */
  private static final long FREE = 1024 * 1024;

  /** That of an HTTP Content-Encoding, which is empty where there is none. */
  public static Optional<Packing> of(String contentEncoding) {
    return switch (contentEncoding.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> Optional.of(NONE);
      case "gzip", "x-gzip" -> Optional.of(GZIP);
      default -> Optional.empty();
    };
  }

  /**
   * The document in a stream of packed bytes. It throws {@link ReportTooLarge} as soon as a limit
   * is passed, with no more in memory than a buffer, and {@link java.util.zip.ZipException} or
   * {@link java.io.EOFException} where the bytes are not so packed.
   */
  InputStream unpack(InputStream packed, ReportLimits limits) throws IOException {
    LimitedInput sent = sent(packed, limits);
    return switch (this) {
      case NONE -> sent;
      case GZIP ->
          new LimitedInput(
              new GZIPInputStream(sent, 64 * 1024),
              () -> Math.min(limits.unpacked(), Math.max(FREE, sent.bytes() * limits.ratio())),
              "the report unpacked");
    };
  }

  /** What may be sent at most, as it comes. */
  LimitedInput sent(InputStream in, ReportLimits limits) {
    long most =
        switch (this) {
          case NONE -> limits.unpacked();
          case GZIP -> limits.packed();
        };
    return new LimitedInput(in, () -> most, "the report as it was sent");
  }
}
