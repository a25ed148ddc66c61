package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.ScanKey;

/** Names one run among all tenants'. */
public record RunRef(ScanKey scan, ProviderId provider) {
  @Override
  public String toString() {
    return scan + "." + provider;
  }
}
