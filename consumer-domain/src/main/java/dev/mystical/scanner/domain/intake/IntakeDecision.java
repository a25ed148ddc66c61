package dev.mystical.scanner.domain.intake;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.Scan;
import java.util.Optional;

/** What to do with a message. */
public sealed interface IntakeDecision {
  /** Nobody has this scan: write it. */
  record Begin(Scan scan) implements IntakeDecision {}

  /** The ledger has it: go on from where it stands. */
  record Resume(Found.Versioned scan) implements IntakeDecision {}

  /**
   * It cannot be worked on: copy it to the dead letters, settle it, delete it.
   *
   * @param scan the FAILED scan that it becomes, where it names one
   */
  record Refuse(ErrorEvent why, Optional<RefusedScan> scan) implements IntakeDecision {}
}
