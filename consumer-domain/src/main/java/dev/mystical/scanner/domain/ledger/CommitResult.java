package dev.mystical.scanner.domain.ledger;

import java.time.Instant;

/** Whether a commit took place. */
public sealed interface CommitResult {
  /** All of it is written. */
  record Committed(long version, Instant now) implements CommitResult {}

  /**
   * Nothing of it is written, for somebody else wrote first, or the ledger is in doubt whether the
   * scan has begun: start over from what stands.
   */
  record Stale(Found current) implements CommitResult {}
}
