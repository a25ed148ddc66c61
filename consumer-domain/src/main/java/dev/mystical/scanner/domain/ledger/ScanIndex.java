package dev.mystical.scanner.domain.ledger;

import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.Tenant;
import java.util.List;
import java.util.Optional;

/**
 * Finds scans that nobody knows the id of: every scan that the {@link ScanLedger} has is in it from
 * the step on that wrote it. Safe for use by many threads. Blocks for a bounded number of calls of
 * bounded length; throws {@link LedgerUnavailable} when there is no answer.
 */
@FunctionalInterface
public interface ScanIndex {
  /**
   * Scans, the newest first, in the order of their {@link ScanPlace}s. A page may have fewer than
   * asked for, even none, although more follow: only so many are looked through at once. Pages that
   * are asked for one after the other show every scan at most once, and each one that stood there
   * all the while exactly once, whatever begins meanwhile.
   */
  Page list(Query query) throws InterruptedException;

  /**
   * Which scans.
   *
   * @param tenant whose; empty for all
   * @param limit from 1
   * @param cursor what {@link Page#next} told for the same tenant or the same all; {@link
   *     IllegalArgumentException} for anything else
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
      Optional<Tenant> other =
          cursor.map(ScanPlace::parse).map(it -> it.key().tenant()).filter(it -> !mine(tenant, it));
      if (other.isPresent()) {
        throw new IllegalArgumentException("the cursor is of another list");
      }
    }

    /** The place after which to go on. */
    public Optional<ScanPlace> from() {
      return cursor.map(ScanPlace::parse);
    }

    /** Whether it asks for what stands there. */
    public boolean asksFor(Found.Entry entry) {
      return switch (entry) {
        case Found.Absent() -> false;
        case Found.Versioned(Scan scan, long version) ->
            mine(tenant, scan.key().tenant())
                && status.map(scan.status()::equals).orElse(true)
                && project.map(scan.request().project().key()::equals).orElse(true);
        case Found.Refused(var scan) ->
            mine(tenant, scan.key().tenant())
                && status.map(ScanStatus.FAILED::equals).orElse(true)
                && project.isEmpty();
      };
    }

    private static boolean mine(Optional<Tenant> tenant, Tenant its) {
      return tenant.isEmpty() || tenant.get().equals(its);
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
