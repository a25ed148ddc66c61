package dev.mystical.scanner.app.command;

import dev.mystical.scanner.domain.deadletter.DeadLetter;
import java.util.Locale;

/** What became of a dead letter, or would. */
record Redriven(DeadLetter letter, Outcome outcome, String why) {
  /** How it ended. */
  enum Outcome {
    /** It is on the scan queue. */
    SENT,
    /** Its scan is launched again from the ledger. */
    RESTARTED,
    /** It was deleted, as nothing was left to be done for it. */
    DELETED,
    /** It lies where it was, as it should. */
    STAYS,
    /** It lies where it was, and should not. */
    FAILED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
