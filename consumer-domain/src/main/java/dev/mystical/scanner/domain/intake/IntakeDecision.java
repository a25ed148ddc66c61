package dev.mystical.scanner.domain.intake;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.Scan;
import java.time.Instant;
import java.util.Optional;

/** What to do with a message. */
public sealed interface IntakeDecision {
  /**
   * Nobody has this scan: write it, or rather what it becomes by its first step.
   *
   * @param asked what its commit needs to know, see {@link Commit#asked}
   */
  record Begin(Scan scan, Instant asked) implements IntakeDecision {}

  /** The ledger has it: go on from where it stands. */
  record Resume(Found.Versioned scan) implements IntakeDecision {}

  /**
   * The ledger has it, rebuilt from tasks that did not carry its whole request: commit this, then
   * go on from there.
   */
  record Complete(Found.Versioned before, Scan whole) implements IntakeDecision {}

  /**
   * The ledger may have lost what became of it and not have found it again yet: hold the message
   * and ask again.
   */
  record Wait() implements IntakeDecision {}

  /**
   * It cannot be worked on: copy it to the dead letters, settle it, delete it.
   *
   * @param scan the FAILED scan that it becomes, where it names one
   */
  record Refuse(ErrorEvent why, Optional<RefusedScan> scan) implements IntakeDecision {}
}
