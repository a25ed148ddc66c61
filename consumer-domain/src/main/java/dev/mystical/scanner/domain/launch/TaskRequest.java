package dev.mystical.scanner.domain.launch;

import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.Placement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One RunTask call, complete. Equal requests are the same bytes: everything in it is ordered, and
 * nothing comes from a clock or from chance.
 *
 * @param environment the overrides of the container's variables
 */
public record TaskRequest(
    String cluster,
    String taskDefinition,
    String container,
    Placement placement,
    Network network,
    SortedMap<String, String> environment,
    String startedBy,
    SequencedMap<String, String> tags,
    String clientToken) {
  public TaskRequest {
    environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    tags = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tags));
  }

  /** Variables hold a run's token. */
  @Override
  public String toString() {
    return "task request %s for %s".formatted(startedBy, taskDefinition);
  }
}
