package dev.mystical.scanner.domain.ledger;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.ScanKey;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of every scan: the one authority on its state. Safe for use by many threads and
 * many replicas. Every method blocks for one call of bounded length, and throws {@link
 * LedgerUnavailable} when there is no answer; a write may then have happened, which a repeat finds
 * out: {@link #commit} as {@link CommitResult.Stale}, {@link #settle} and {@link #reopen} by
 * changing nothing.
 */
public interface ScanLedger {
  /** The scan under that key, if there is one, and the ledger's time. */
  Found load(ScanKey key) throws InterruptedException;

  /**
   * What stands under each of those keys, as {@link #load} tells it, in one call for each hundred
   * of them. A key whose scan cannot be read, since a newer version wrote it, is left out and does
   * not fail the others.
   */
  Map<ScanKey, Found> loadAll(Collection<ScanKey> keys) throws InterruptedException;

  /**
   * Writes all of a commit if its expected version still stands, else nothing; then it answers what
   * {@link #load} would.
   */
  CommitResult commit(Commit commit) throws InterruptedException;

  /** Whether a message was settled before, so that it needs nothing but its delete. */
  boolean settled(MessageId message) throws InterruptedException;

  /**
   * Notes that a message that became no scan of its own is dealt with, tells the feed why, and
   * writes the refused scan where there is one and its key is free, in one step. Does nothing if
   * the message was settled before.
   */
  void settle(MessageId message, Optional<RefusedScan> scan, ErrorEvent why)
      throws InterruptedException;

  /**
   * Takes a refused scan away, and nothing else, so that a message that is sent anew may begin it.
   * Answers whether there was one; a repeat finds none.
   */
  boolean reopen(ScanKey key) throws InterruptedException;
}
