package dev.mystical.scanner.http.api;

import dev.mystical.scanner.domain.scan.Tenant;
import java.util.Optional;

/**
 * Who calls: a tenant, or an operator, who sees all tenants.
 *
 * @param tenant empty for an operator
 * @param name tells this caller's key from others, and says nothing of it
 */
public record Caller(Optional<Tenant> tenant, String name) {
  boolean operator() {
    return tenant.isEmpty();
  }

  /** Whether it may see what belongs to a tenant; what belongs to none is an operator's. */
  boolean sees(String owner) {
    return tenant.map(it -> it.value().equals(owner)).orElse(true);
  }
}
