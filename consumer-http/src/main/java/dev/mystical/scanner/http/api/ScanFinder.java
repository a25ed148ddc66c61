package dev.mystical.scanner.http.api;

import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.http.Request;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the scan that a call is about. What a caller must not see is not there for it, in the very
 * same words.
 */
final class ScanFinder {
  private static final String TENANT = "tenant";

  private final ScanLedger ledger;
  private final List<Tenant> tenants;

  ScanFinder(ScanLedger ledger, Set<Tenant> tenants) {
    this.ledger = ledger;
    this.tenants = List.copyOf(tenants);
  }

  /** The key under which the scan stands, and what stands there. */
  record Hit(ScanKey key, Found found) {}

  /**
   * The scan, or a {@link BadCall} with 404. An operator may say whose scan it is, by {@code
   * ?tenant=}; else all tenants are looked through.
   */
  Hit find(Request request, Caller caller) throws InterruptedException {
    String text = request.variable("id");
    if (!ScanId.PATTERN.matcher(text).matches()) {
      throw missing();
    }
    ScanId id = new ScanId(text);
    List<ScanKey> keys =
        owners(request, caller).stream().map(tenant -> new ScanKey(tenant, id)).toList();
    return ledger.loadAll(keys).entrySet().stream()
        .filter(it -> !(it.getValue().entry() instanceof Found.Absent))
        .map(it -> new Hit(it.getKey(), it.getValue()))
        .findFirst()
        .orElseThrow(ScanFinder::missing);
  }

  private List<Tenant> owners(Request request, Caller caller) {
    if (!caller.operator()) {
      return List.of(caller.tenant().orElseThrow());
    }
    Optional<String> named = request.query(TENANT).stream().findFirst();
    return named
        .map(it -> {
          if (!Tenant.PATTERN.matcher(it).matches()) {
            throw missing();
          }
          return List.of(new Tenant(it));
        })
        .orElse(tenants);
  }

  static BadCall missing() {
    return new BadCall(404, "there is no such scan");
  }
}
