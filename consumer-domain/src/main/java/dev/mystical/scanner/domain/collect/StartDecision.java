package dev.mystical.scanner.domain.collect;

import dev.mystical.scanner.domain.scan.Scan;
import java.time.Instant;

/** What follows from a container's wish to begin. */
public sealed interface StartDecision {
  /** It may, once this is written. */
  record LetIn(Scan after, Instant deadline) implements StartDecision {}

  /** It was let in before. */
  record Repeat(Instant deadline) implements StartDecision {}

  /** Nobody waits for its work: it must leave. */
  record Leave(String why) implements StartDecision {}
}
