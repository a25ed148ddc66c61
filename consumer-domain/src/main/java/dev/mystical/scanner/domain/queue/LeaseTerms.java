package dev.mystical.scanner.domain.queue;

import java.time.Duration;
import java.time.Instant;

/**
 * The rules of renewal. All instants are of one monotonic clock of this replica.
 *
 * @param visibility what the queue grants at each receive and renewal
 */
public record LeaseTerms(Duration visibility) {
  /** SQS hides a message for twelve hours in all from its receive; a minute is kept in hand. */
  public static final Duration LONGEST = Duration.ofHours(12).minusMinutes(1);

  public LeaseTerms {
    if (!visibility.isPositive()) {
      throw new IllegalArgumentException("visibility must be positive, but is " + visibility);
    }
  }

  /** A fresh lease; {@code asked} is the moment before the receive could have answered. */
  public Lease received(Receipt receipt, Instant asked) {
    return lease(receipt, asked, asked);
  }

  /** The lease after a renewal that was asked for at that moment. */
  public Lease renewed(Lease lease, Instant asked) {
    return lease(lease.receipt(), lease.receivedAt(), asked);
  }

  /** The lease after a renewal that failed and may be tried again: after a quarter of the rest. */
  public Lease refused(Lease lease, Instant now) {
    Duration rest = Duration.between(now, lease.until());
    Instant again = now.plus(rest.isPositive() ? rest.dividedBy(4) : Duration.ZERO);
    return new Lease(
        lease.receipt(),
        lease.receivedAt(),
        lease.until(),
        again.isAfter(now.plusMillis(50)) ? again : now.plusMillis(50));
  }

  /** Whether a renewal now would pass the queue's own limit, so that the lease must run out. */
  public boolean atLimit(Lease lease, Instant now) {
    return now.plus(visibility).isAfter(lease.receivedAt().plus(LONGEST));
  }

  private Lease lease(Receipt receipt, Instant receivedAt, Instant asked) {
    return new Lease(
        receipt, receivedAt, asked.plus(visibility), asked.plus(visibility.dividedBy(2)));
  }
}
