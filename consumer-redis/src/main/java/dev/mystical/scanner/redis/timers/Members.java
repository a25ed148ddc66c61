package dev.mystical.scanner.redis.timers;

import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.domain.supervise.RunRef;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of runs among the timers: {@code <tenant>/<scanId>.<provider>}. */
final class Members {
  private static final Pattern SHAPE = Pattern.compile("([^/.]+)/([^/.]+)\\.([^/.]+)");

  private Members() {}

  /** The run of that name, if it is one. */
  static Optional<RunRef> parsed(String member) {
    Matcher parts = SHAPE.matcher(member);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      ScanKey scan = new ScanKey(new Tenant(parts.group(1)), new ScanId(parts.group(2)));
      return Optional.of(new RunRef(scan, new ProviderId(parts.group(3))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
