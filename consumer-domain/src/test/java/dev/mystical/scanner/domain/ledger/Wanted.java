package dev.mystical.scanner.domain.ledger;

import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.Tenant;
import java.util.Optional;

/** A query in the making. */
public record Wanted(ScanIndex.Query query) {
  public static Wanted all(int limit) {
    return new Wanted(
        new ScanIndex.Query(
            Optional.empty(), Optional.empty(), Optional.empty(), limit, Optional.empty()));
  }

  public Wanted of(Tenant tenant) {
    return new Wanted(
        new ScanIndex.Query(
            Optional.of(tenant), query.status(), query.project(), query.limit(), query.cursor()));
  }

  public Wanted status(ScanStatus status) {
    return new Wanted(
        new ScanIndex.Query(
            query.tenant(), Optional.of(status), query.project(), query.limit(), query.cursor()));
  }

  public Wanted project(String key) {
    return new Wanted(
        new ScanIndex.Query(
            query.tenant(), query.status(), Optional.of(key), query.limit(), query.cursor()));
  }

  public Wanted from(Optional<String> cursor) {
    return new Wanted(
        new ScanIndex.Query(
            query.tenant(), query.status(), query.project(), query.limit(), cursor));
  }
}
