package dev.mystical.scanner.domain.scan;

/** Names one provider's share of a scan: {@code <scanId>.<provider>}. */
public record RunId(ScanId scan, ProviderId provider) {
  @Override
  public String toString() {
    return scan + "." + provider;
  }
}
