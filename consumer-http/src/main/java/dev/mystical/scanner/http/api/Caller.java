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
}
