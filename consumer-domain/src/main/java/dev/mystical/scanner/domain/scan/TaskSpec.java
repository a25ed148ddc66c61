package dev.mystical.scanner.domain.scan;

import java.time.Instant;
import java.util.Optional;

/**
 * All that a RunTask request needs beside the scan itself. It is kept with the attempt, so that any
 * replica, whatever its own settings say by now, repeats the request byte for byte.
 *
 * @param deadline when the container's work is no longer awaited
 * @param apiUrl where the container reports to, if it can
 */
public record TaskSpec(
    String cluster,
    String taskDefinition,
    String container,
    Placement placement,
    Network network,
    Instant deadline,
    Optional<String> apiUrl) {
  public TaskSpec {
    Text.present("cluster", cluster);
    Text.present("taskDefinition", taskDefinition);
    Text.present("container", container);
  }
}
