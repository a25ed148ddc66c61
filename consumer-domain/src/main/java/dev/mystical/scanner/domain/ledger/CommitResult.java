package dev.mystical.scanner.domain.ledger;

import java.time.Instant;

/** Whether a commit took place. */
public sealed interface CommitResult {
  /** All of it is written. */
  record Committed(long version, Instant now) implements CommitResult {}

  /** Somebody else wrote first; nothing of it is written. Load again and start over. */
  record Stale() implements CommitResult {}
}
