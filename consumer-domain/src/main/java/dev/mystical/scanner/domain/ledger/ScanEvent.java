package dev.mystical.scanner.domain.ledger;

import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Scan;
import java.time.Instant;
import java.util.Optional;

/**
 * A change of state that others may follow.
 *
 * @param scan the scan after the change
 * @param run whose change it is, where it is a run's
 */
public record ScanEvent(Type type, Scan scan, Optional<ProviderId> run, Instant time) {
  /** What changed. */
  public enum Type {
    SCAN_QUEUED("scan.queued"),
    SCAN_RUNNING("scan.running"),
    SCAN_ENDED("scan.ended"),
    RUN_LAUNCHED("run.launched"),
    RUN_RUNNING("run.running"),
    RUN_ENDED("run.ended");

    private final String suffix;

    Type(String suffix) {
      this.suffix = suffix;
    }

    /** The CloudEvents type. */
    public String value() {
      return "dev.mystical.scanner." + suffix;
    }
  }
}
