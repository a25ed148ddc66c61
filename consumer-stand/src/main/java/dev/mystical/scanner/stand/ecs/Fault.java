package dev.mystical.scanner.stand.ecs;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A fault that waits for its calls.
 *
 * @param operation such as RunTask, or {@code *}
 * @param kind what goes wrong
 * @param times how many calls, or tasks to be placed, it spoils; 0 is until it is taken away
 * @param skip calls that pass before it begins
 * @param match conditions, all to be met: startedBy, taskDefinition, capacityProvider, subnet,
 *     clientToken, cluster, task, accessKeyId; a value that ends with {@code *} is a beginning
 * @param message replaces the text that the kind has of its own, unless empty
 * @param delay of a slow answer
 */
public record Fault(
    String operation,
    FaultKind kind,
    int times,
    int skip,
    Map<String, String> match,
    String message,
    Duration delay) {

  private static final Set<String> CONDITIONS =
      Set.of(
          "startedBy",
          "taskDefinition",
          "capacityProvider",
          "subnet",
          "clientToken",
          "cluster",
          "task",
          "accessKeyId");

  public Fault {
    match = Map.copyOf(match);
    if (times < 0 || skip < 0) {
      throw new IllegalArgumentException("times and skip are not negative");
    }
    if (!CONDITIONS.containsAll(match.keySet())) {
      throw new IllegalArgumentException("match knows " + CONDITIONS + ", not " + match.keySet());
    }
  }

  /** Once, for the next such call. */
  public static Fault on(String operation, FaultKind kind) {
    return new Fault(operation, kind, 1, 0, Map.of(), "", Duration.ZERO);
  }

  public Fault times(int value) {
    return new Fault(operation, kind, value, skip, match, message, delay);
  }

  public Fault always() {
    return times(0);
  }

  public Fault skipping(int value) {
    return new Fault(operation, kind, times, value, match, message, delay);
  }

  public Fault matching(String condition, String value) {
    Map<String, String> all = new HashMap<>(match);
    all.put(condition, value);
    return new Fault(operation, kind, times, skip, all, message, delay);
  }

  public Fault saying(String value) {
    return new Fault(operation, kind, times, skip, match, value, delay);
  }

  public Fault delayed(Duration value) {
    return new Fault(operation, kind, times, skip, match, message, value);
  }

  String messageOr(String own) {
    return message.isEmpty() ? own : message;
  }
}
