package dev.mystical.scanner.domain.deadletter;

import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.scan.Scan;

/** How a dead letter leaves the dead letters, or why it does not. */
public sealed interface RedriveStep {
  /** For a person: why this, and no other. */
  String why();

  /** It stays. */
  record Stay(String why) implements RedriveStep {}

  /** To be sent to the scan queue, and then deleted here. */
  record Send(String why) implements RedriveStep {}

  /** The same, once the ledger no longer says that its scan was refused. */
  record Reopen(String why) implements RedriveStep {}

  /** To be deleted, once the ledger has this: its scan goes on there, without a message. */
  record Restart(Found.Versioned before, Scan after, String why) implements RedriveStep {}

  /** To be deleted: nothing is left to be done for it. */
  record Drop(String why) implements RedriveStep {}
}
