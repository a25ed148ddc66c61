package dev.mystical.scanner.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the part of a URI behind its question mark. */
final class Query {
  private Query() {}

  /** Every name with its values; empty if an escape is malformed. */
  static Optional<Map<String, List<String>>> parse(String raw) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String pair : raw.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      Optional<String> name =
          PercentText.decodedForm(equals < 0 ? pair : pair.substring(0, equals));
      Optional<String> value =
          PercentText.decodedForm(equals < 0 ? "" : pair.substring(equals + 1));
      if (name.isEmpty() || value.isEmpty()) {
        return Optional.empty();
      }
      query.computeIfAbsent(name.get(), it -> new ArrayList<>()).add(value.get());
    }
    query.replaceAll((name, values) -> List.copyOf(values));
    return Optional.of(query);
  }
}
