package dev.mystical.scanner.domain.ledger;

import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.Tenant;
import java.util.List;
import java.util.Optional;

/**
 * Finds scans that nobody knows the id of. Safe for use by many threads. Blocks for a bounded
 * number of calls of bounded length; throws {@link LedgerUnavailable} when there is no answer.
 */
@FunctionalInterface
public interface ScanIndex {
  /**
   * Scans, the newest first. A page may have fewer than asked for, even none, although more follow:
   * only so many are looked through at once.
   */
  Page list(Query query) throws InterruptedException;

  /**
   * Which scans.
   *
   * @param tenant whose; empty for all
   * @param limit from 1
   * @param cursor what {@link Page#next} told; {@link IllegalArgumentException} for anything else
   */
  record Query(
      Optional<Tenant> tenant,
      Optional<ScanStatus> status,
      Optional<String> project,
      int limit,
      Optional<String> cursor) {
    public Query {
      if (limit < 1) {
        throw new IllegalArgumentException("limit " + limit);
      }
    }
  }

  /**
   * Some of them.
   *
   * @param scans each {@link Found.Versioned} or {@link Found.Refused}; refused ones have the
   *     status FAILED and no project
   * @param next where to go on; empty at the end
   */
  record Page(List<Found.Entry> scans, Optional<String> next) {
    public Page {
      scans = List.copyOf(scans);
    }
  }
}
