package dev.mystical.scanner.domain.deliver;

import dev.mystical.scanner.domain.ledger.OutboxEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The webhooks that are to leave, put there by commits of the ledger. Safe for use by many threads
 * and many replicas. Every method blocks for one call of bounded length, and throws {@link
 * dev.mystical.scanner.domain.ledger.LedgerUnavailable} when there is no answer; a repeat does no
 * harm. Bytes and id of a webhook stay as they were first written, for as long as its scan is kept.
 */
public interface Outbox {
  /**
   * Up to so many of those that are due, the longest due first. Nobody else gets them until the
   * lease is over; then, if nothing was written meanwhile, they are due again.
   */
  Claim claim(int most, Duration lease) throws InterruptedException;

  /**
   * Writes that a try was made and when the next one is due, and does nothing if the claim is no
   * longer the caller's.
   */
  void again(Outgoing claimed, Instant at) throws InterruptedException;

  /** Gives a webhook back that was not tried, to be due then; only while it is the caller's. */
  void putBack(Outgoing claimed, Instant at) throws InterruptedException;

  /**
   * Writes that a try was the last one, and how it ended. Answers whether that is how it ended:
   * false where the claim is no longer the caller's. A repeat by the same claim answers the same,
   * so that whoever got no answer can ask again.
   */
  boolean end(Outgoing claimed, CallbackState.Status end) throws InterruptedException;

  /**
   * Makes a webhook due now, its tries counted anew: the same bytes as ever where it is still kept,
   * or else these.
   */
  void redeliver(OutboxEntry entry) throws InterruptedException;

  /** How far a webhook is, if it is kept. */
  Optional<CallbackState> state(String id) throws InterruptedException;

  /**
   * What was claimed.
   *
   * @param now the ledger's own time
   * @param waiting how many webhooks are to leave in all, now or later
   */
  record Claim(List<Outgoing> webhooks, Instant now, long waiting) {
    public Claim {
      webhooks = List.copyOf(webhooks);
    }
  }
}
