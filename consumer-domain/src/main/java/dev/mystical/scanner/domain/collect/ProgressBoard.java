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
  /** Notes it in place of what the run said before; forgotten after some hours. */
  void note(ScanKey scan, ProviderId provider, Progress progress) throws InterruptedException;

  /** What the scan's runs said last. */
  Map<ProviderId, Progress> of(ScanKey scan) throws InterruptedException;
}
