package dev.mystical.scanner.domain.launch;

import dev.mystical.scanner.domain.scan.Scan;

/** Writes a scan's request, with all that is needed to rebuild the scan, as one document. */
@FunctionalInterface
public interface RequestEncoder {
  /** The same bytes for the same scan, on every replica. */
  byte[] encode(Scan scan);
}
