package dev.mystical.scanner.stand.ecs;

import java.util.List;
import java.util.Map;

/**
 * A container that is to run.
 *
 * @param family the task definition's family
 * @param name its name in the task definition
 * @param image its image
 * @param command the command of the override, else of the task definition, else empty
 * @param environment the task definition's variables with the overrides over them
 * @param startedBy of the RunTask call, or empty
 */
public record ContainerSpec(
    String family,
    String name,
    String image,
    List<String> command,
    Map<String, String> environment,
    String startedBy) {

  public ContainerSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
