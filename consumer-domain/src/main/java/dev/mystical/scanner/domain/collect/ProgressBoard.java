package dev.mystical.scanner.domain.collect;

import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.ScanKey;
import java.util.Map;

/**
 * Where runs say how far they are: nothing but news, which may be lost. Safe for use by many
 * threads. Every method blocks for one call of bounded length, and throws {@link
 * dev.mystical.scanner.domain.ledger.LedgerUnavailable} when there is no answer.
 */
public interface ProgressBoard {
  /**
   * Notes it in place of what the run said before, the last one to write wins. All that a scan's
   * runs said is forgotten some hours after the last of it.
   */
  void note(ScanKey scan, ProviderId provider, Progress progress) throws InterruptedException;

  /** What each of the scan's runs said last; those that said nothing are left out. */
  Map<ProviderId, Progress> of(ScanKey scan) throws InterruptedException;
}
