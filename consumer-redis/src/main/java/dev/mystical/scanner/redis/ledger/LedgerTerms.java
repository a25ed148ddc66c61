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
  /**
   * ECS lists a stopped task for at least an hour. Whoever finds one there must find that its scan
   * has ended, or would take it for one that was lost and rebuild it.
   */
  private static final Duration LONGER_THAN_ECS_LISTS = Duration.ofHours(2);

  /** SQS keeps a message for 14 days at most. */
  private static final Duration LONGER_THAN_A_QUEUE = Duration.ofDays(15);

  public LedgerTerms {
    if (!retention.isPositive() || !settled.isPositive() || streamLength < 1) {
      throw new IllegalArgumentException(
          "retention %s, settled %s, streamLength %d".formatted(retention, settled, streamLength));
    }
  }

  /**
   * How long to keep reports, from the last time on at which somebody needed them: a day longer
   * than their scans, so that no scan outlives its report.
   */
  public Duration reports() {
    return retention.plusDays(1);
  }

  /** Keeps ended scans so long, but never too short for what else relies on them. */
  public static LedgerTerms keeping(Duration wanted) {
    Duration retention =
        wanted.compareTo(LONGER_THAN_ECS_LISTS) < 0 ? LONGER_THAN_ECS_LISTS : wanted;
    return new LedgerTerms(retention, LONGER_THAN_A_QUEUE, 100_000);
  }
}
