package dev.mystical.scanner.domain.reconcile;

import dev.mystical.scanner.domain.scan.Scan;
import java.util.Optional;

/** Reads what {@link dev.mystical.scanner.domain.launch.RequestEncoder} writes. */
@FunctionalInterface
public interface OriginReader {
  /**
   * The scan as it was when it was queued, in its series; empty where this version cannot read it.
   */
  Optional<Scan> read(byte[] origin);
}
