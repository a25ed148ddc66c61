package dev.mystical.scanner.redis.ledger;

import java.time.Duration;

/**
 * How long the ledger keeps what.
 *
 * @param retention of ended and refused scans
 * @param settled of the notes that a message was dealt with; longer than a queue can keep one
 * @param streamLength how many entries a stream keeps, about
 */
public record LedgerTerms(Duration retention, Duration settled, int streamLength) {
  /** SQS keeps a message for 14 days at most. */
  private static final Duration LONGER_THAN_A_QUEUE = Duration.ofDays(15);

  public LedgerTerms {
    if (!retention.isPositive() || !settled.isPositive() || streamLength < 1) {
      throw new IllegalArgumentException(
          "retention %s, settled %s, streamLength %d".formatted(retention, settled, streamLength));
    }
  }

  public static LedgerTerms keeping(Duration retention) {
    return new LedgerTerms(retention, LONGER_THAN_A_QUEUE, 100_000);
  }
}
