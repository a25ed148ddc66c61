package dev.mystical.scanner.domain.deadletter;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.Scan;

/** What is to be done about a dead letter. Where it lies it stays in any case. */
public sealed interface DeadLetterStep {
  /** Nothing yet: the ledger does not know everything at present. */
  record Later() implements DeadLetterStep {}

  /** Its scan, which nobody has, has failed: settle it so. */
  record Refuse(RefusedScan scan, ErrorEvent why) implements DeadLetterStep {}

  /** Nobody will launch what is left of its scan: write that, and decide anew. */
  record Fail(Found.Versioned before, Scan after) implements DeadLetterStep {}

  /** Its scan has taken another way: tell that, and settle it. */
  record Note(ErrorEvent why) implements DeadLetterStep {}
}
