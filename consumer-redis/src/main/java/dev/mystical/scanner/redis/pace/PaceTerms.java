package dev.mystical.scanner.redis.pace;

import java.time.Duration;

/**
 * How fast RunTask may be called by all replicas together.
 *
 * @param rate calls a second
 * @param burst calls that may be made at once after a pause
 * @param depth how far ahead places are reserved; what does not fit is told to ask again, so that
 *     replicas that die with their reservations hold up the others no longer than this
 */
public record PaceTerms(double rate, int burst, Duration depth) {
  public PaceTerms {
    if (!(rate > 0) || burst < 1 || !depth.isPositive()) {
      throw new IllegalArgumentException(
          "rate %s, burst %d, depth %s".formatted(rate, burst, depth));
    }
  }

  public static PaceTerms of(double rate, int burst) {
    return new PaceTerms(rate, burst, Duration.ofSeconds(30));
  }

  String interval() {
    return String.valueOf(Math.max(1, Math.round(1_000_000 / rate)));
  }
}
