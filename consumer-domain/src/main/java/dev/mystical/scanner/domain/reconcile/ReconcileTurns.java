package dev.mystical.scanner.domain.reconcile;

/**
 * Which replica reconciles, and when: one at a time, every few minutes, and at once where the
 * ledger was never reconciled since its birth. One instance stands for one replica and is used by
 * one thread. Every method blocks for one call of bounded length, and throws {@link
 * dev.mystical.scanner.domain.ledger.LedgerUnavailable} when there is no answer.
 */
public interface ReconcileTurns {
  /** What is to be done now. */
  enum Turn {
    /** The ledger is whole, and it is not time yet. */
    REST,
    /** Another replica is at it. */
    OTHERS,
    /** The ledger is whole, and it is time to look again. */
    ROUTINE,
    /**
     * The ledger is new or has lost all it had. It counts as born by now: what is asked for from
     * here on is in no doubt.
     */
    REBORN
  }

  /**
   * Asks for a turn. {@link Turn#ROUTINE} and {@link Turn#REBORN} give it to this replica for a
   * while, after which another one may take it; asked again meanwhile they give it again.
   */
  Turn ask() throws InterruptedException;

  /** Keeps the turn for another while. Answers whether it is still this replica's. */
  boolean keep() throws InterruptedException;

  /** Gives the turn up, if it is this replica's, so that another one may take it at once. */
  void giveUp() throws InterruptedException;

  /**
   * Ends the turn: all that there was is in the ledger, which is whole from now on. Answers whether
   * it was still this replica's turn; if not, as after another loss, nothing has changed.
   */
  boolean finished() throws InterruptedException;
}
