package dev.mystical.scanner.domain.scan;

/** A scan's full name: ids are unique within a tenant alone. */
public record ScanKey(Tenant tenant, ScanId id) {
  @Override
  public String toString() {
    return tenant + "/" + id;
  }
}
