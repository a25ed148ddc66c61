package dev.mystical.scanner.app.consume;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The ledger's time as this replica knows it: what the last answer said, and the time gone by
 * since, in whole milliseconds. Deadlines are decided by it; a replica's own wall clock decides
 * nothing.
 */
public final class LedgerTime implements InstantSource {
  private final InstantSource monotonic;
  private volatile Duration ahead = Duration.ZERO;
  private volatile boolean known;

  public LedgerTime(InstantSource monotonic) {
    this.monotonic = monotonic;
  }

  /** The ledger has just said what time it is. */
  public void told(Instant now) {
    ahead = Duration.between(monotonic.instant(), now);
    known = true;
  }

  /** Whether the ledger has said it yet. */
  boolean known() {
    return known;
  }

  @Override
  public Instant instant() {
    return monotonic.instant().plus(ahead).truncatedTo(ChronoUnit.MILLIS);
  }
}
