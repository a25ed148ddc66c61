package dev.mystical.scanner.domain.scan;

import dev.mystical.scanner.domain.report.FailOn;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a client asks for, after every check that needs no other knowledge than the document.
 *
 * @param timeout the longest run of an attempt, in place of the server's own
 * @param callback where the end of the scan is told
 */
public record ScanRequest(
    Project project,
    Target target,
    List<RequestedProvider> providers,
    FailOn failOn,
    Optional<Duration> timeout,
    Optional<String> callback,
    SortedMap<String, String> tags) {
  public ScanRequest {
    providers = List.copyOf(providers);
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    if (providers.isEmpty()) {
      throw new IllegalArgumentException("providers must not be empty");
    }
    if (providers.stream().map(RequestedProvider::id).distinct().count() != providers.size()) {
      throw new IllegalArgumentException("providers must be distinct");
    }
  }
}
