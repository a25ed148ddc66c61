package dev.mystical.scanner.domain.scan;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A provider as a request names it.
 *
 * @param options handed to the container as {@code SCAN_OPT_<NAME>}, sorted by name
 * @param required whether the scan needs this run to succeed
 */
public record RequestedProvider(
    ProviderId id, SortedMap<String, String> options, boolean required) {
  public RequestedProvider {
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
  }

  /** A required provider without options. */
  public static RequestedProvider of(ProviderId id) {
    return new RequestedProvider(id, new TreeMap<>(Map.of()), true);
  }
}
