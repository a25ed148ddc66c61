package dev.mystical.scanner.http.api;

import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.http.Request;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the scan that a call is about. What a caller must not see is not there for it, in the very
 * same words.
 */
final class ScanFinder {
  private final ScanLedger ledger;
  private final List<Tenant> tenants;

  ScanFinder(ScanLedger ledger, Set<Tenant> tenants) {
    this.ledger = ledger;
    this.tenants =
        tenants.stream()
            .sorted(
                Comparator.comparing((Tenant it) -> !it.equals(Tenant.DEFAULT))
                    .thenComparing(Tenant::value))
            .toList();
  }

  /** The key under which the scan stands, and what stands there. */
  record Hit(ScanKey key, Found found) {}

  /** For a call without parameters of its own. */
  Hit find(Request request, Caller caller) throws InterruptedException {
    Parameters parameters = Parameters.of(request, "tenant");
    Optional<Tenant> tenant = parameters.tenant(caller);
    parameters.check();
    return find(request, tenant);
  }

  /**
   * The scan, or a {@link BadCall} with 404. Where no tenant is given all are looked through, the
   * default one first.
   */
  Hit find(Request request, Optional<Tenant> tenant) throws InterruptedException {
    String text = request.variable("id");
    if (!ScanId.PATTERN.matcher(text).matches()) {
      throw missing();
    }
    ScanId id = new ScanId(text);
    List<ScanKey> keys =
        tenant.map(List::of).orElse(tenants).stream().map(it -> new ScanKey(it, id)).toList();
    Map<ScanKey, Found> found = ledger.loadAll(keys);
    for (ScanKey key : keys) {
      Optional<Found> there = Optional.ofNullable(found.get(key)).filter(ScanFinder::exists);
      if (there.isPresent()) {
        return new Hit(key, there.get());
      }
    }
    if (found.size() < keys.size()) {
      throw new BadCall(503, "the scan may have been written by a newer version; try again");
    }
    throw missing();
  }

  private static boolean exists(Found found) {
    return !(found.entry() instanceof Found.Absent);
  }

  static BadCall missing() {
    return new BadCall(404, "there is no such scan");
  }
}
