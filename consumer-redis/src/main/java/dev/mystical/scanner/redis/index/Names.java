package dev.mystical.scanner.redis.index;

import dev.mystical.scanner.domain.ledger.ScanPlace;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.redis.RedisKeys;
import java.util.Optional;

/** How scans are named in the index of all scans, or in that of a tenant's. */
record Names(RedisKeys keys, Optional<Tenant> tenant) {
  String index() {
    return tenant.map(keys::scans).orElseGet(keys::scans);
  }

  String of(ScanKey key) {
    return tenant.isPresent() ? key.id().value() : keys.indexed(key);
  }

  /** The place of a name with its score, if it is one. */
  Optional<ScanPlace> place(String name, String score) {
    int slash = name.indexOf('/');
    try {
      Tenant owner = tenant.orElseGet(() -> new Tenant(name.substring(0, Math.max(0, slash))));
      ScanId id = new ScanId(tenant.isPresent() ? name : name.substring(slash + 1));
      // A score is a double. Those that we wrote are whole, and small enough to be exact.
      return Optional.of(new ScanPlace((long) Double.parseDouble(score), new ScanKey(owner, id)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
