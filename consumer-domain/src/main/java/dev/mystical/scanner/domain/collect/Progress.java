package dev.mystical.scanner.domain.collect;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a run says it is.
 *
 * @param percent 0 to 100
 * @param at when it said so
 */
public record Progress(
    Optional<String> phase, Optional<Integer> percent, Optional<String> message, Instant at) {
  public Progress {
    if (percent.filter(it -> it < 0 || it > 100).isPresent()) {
      throw new IllegalArgumentException("percent " + percent);
    }
  }
}
