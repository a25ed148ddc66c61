package dev.mystical.scanner.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request is about.
 *
 * @param template of the route that it met, such as {@code /v1/scans/{id}}; good for logs, where
 *     the path is not
 * @param path decoded
 * @param variables decoded, by their names in the template; none is empty or has a slash
 * @param query decoded, in the order of the names; a name that was sent several times has several
 *     values, one that was sent without a value has an empty one
 */
public record Target(
    String template, String path, Map<String, String> variables, Map<String, List<String>> query) {
  public Target {
    variables = Map.copyOf(variables);
    query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
  }

  /** A target without a query. */
  public static Target of(String template, String path, Map<String, String> variables) {
    return new Target(template, path, variables, Map.of());
  }
}
