package dev.mystical.scanner.http;

import java.time.Duration;

/**
 * What the body of a request may be.
 *
 * @param bytes how long, as it comes over the wire; zero: there may be none
 * @param time for all of its upload, from when the handler begins to read it
 */
public record BodyTerms(long bytes, Duration time) {
  private static final Duration SHORT = Duration.ofSeconds(30);

  /** None is taken. */
  public static final BodyTerms NONE = new BodyTerms(0, SHORT);

  /** A document of at most 256 KiB, and a little, so that its reader can say that it is too big. */
  public static final BodyTerms JSON = new BodyTerms(257 * 1024, SHORT);

  /** A report, which its reader limits further by how it is packed. */
  public static final BodyTerms REPORT = new BodyTerms(200L * 1024 * 1024, Duration.ofMinutes(10));

  public BodyTerms {
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes " + bytes);
    }
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("time " + time);
    }
  }
}
