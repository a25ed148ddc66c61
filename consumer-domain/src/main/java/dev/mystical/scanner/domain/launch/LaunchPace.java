package dev.mystical.scanner.domain.launch;

import dev.mystical.scanner.domain.scan.ProviderId;
import java.time.Duration;

/**
 * The pace of launches and their gates, shared by all replicas. Safe for use by many threads. Each
 * method blocks for one call of bounded length, and throws {@link
 * dev.mystical.scanner.domain.ledger.LedgerUnavailable} when there is no answer: without the shared
 * pace nothing is launched.
 */
public interface LaunchPace {
  /** Asks for one RunTask call of a provider. */
  Admission admit(ProviderId provider) throws InterruptedException;

  /** Closes a gate, to be probed so often. Answers whether it was open until now. */
  boolean close(Gate gate, Duration probeEvery) throws InterruptedException;

  /** Opens a gate. Answers whether it was closed until now. */
  boolean open(Gate gate) throws InterruptedException;
}
