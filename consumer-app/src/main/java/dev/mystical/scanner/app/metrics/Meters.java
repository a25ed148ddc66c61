package dev.mystical.scanner.app.metrics;

import dev.mystical.scanner.domain.scan.ProviderId;
import java.util.Collection;

/** What the parts of a process count by, one of each. */
public record Meters(Counters counters, ScanMeters scans, AwsMeters aws, RedisMeters redis) {
  /** New ones, all at 0, that name these providers and no others. */
  public static Meters of(Collection<ProviderId> providers) {
    return new Meters(
        new Counters(), new ScanMeters(providers), new AwsMeters(), new RedisMeters());
  }
}
