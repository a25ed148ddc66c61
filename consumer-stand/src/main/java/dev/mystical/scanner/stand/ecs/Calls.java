package dev.mystical.scanner.stand.ecs;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The calls that the stand has seen.
 *
 * @param counts by operation
 * @param errors by operation and error type, as in {@code "RunTask ThrottlingException"}
 * @param runTasks the newest RunTask requests, oldest first
 */
public record Calls(
    Map<String, Long> counts, Map<String, Long> errors, List<RunTaskCall> runTasks) {

  public Calls {
    counts = Collections.unmodifiableMap(new TreeMap<>(counts));
    errors = Collections.unmodifiableMap(new TreeMap<>(errors));
    runTasks = List.copyOf(runTasks);
  }

  public long count(String operation) {
    return counts.getOrDefault(operation, 0L);
  }
}
