package dev.mystical.scanner.aws;

import dev.mystical.scanner.domain.check.Finding;
import dev.mystical.scanner.domain.launch.Provider;
import dev.mystical.scanner.domain.launch.Site;
import dev.mystical.scanner.domain.scan.Placement;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Whether a task definition, as ECS has it, can run at the site as a provider. */
final class TaskDefinitionCheck {
  private TaskDefinitionCheck() {}

  static Finding of(String name, Site site, Provider provider, TaskDefinition definition) {
    String what = "task definition %s".formatted(provider.taskDefinition());
    Optional<ContainerDefinition> container =
        definition.containerDefinitions().stream()
            .filter(it -> provider.container().equals(it.name()))
            .findFirst();
    if (!"ACTIVE".equals(definition.statusAsString())) {
      return new Finding.Failure(name, "%s is %s".formatted(what, definition.statusAsString()));
    }
    if (container.isEmpty()) {
      List<String> names =
          definition.containerDefinitions().stream().map(ContainerDefinition::name).toList();
      return new Finding.Failure(
          name, "%s has no container %s, only %s".formatted(what, provider.container(), names));
    }
    Optional<String> obstacle = network(site, definition).or(() -> compatibility(site, definition));
    if (obstacle.isPresent()) {
      return new Finding.Failure(name, what + " " + obstacle.get());
    }
    // Absent means essential ("ContainerDefinition", essential).
    return Boolean.FALSE.equals(container.get().essential())
        ? new Finding.Warning(
            name,
            "%s: container %s is not essential, so the task may go on after it"
                .formatted(what, provider.container()))
        : new Finding.Ok(
            name, "%s is active and has container %s".formatted(what, provider.container()));
  }

  private static Optional<String> network(Site site, TaskDefinition definition) {
    boolean needed = definition.networkMode() == NetworkMode.AWSVPC;
    boolean given = !site.network().subnets().isEmpty();
    if (needed && !given) {
      return Optional.of("has network mode awsvpc, so that SUBNETS must be set");
    }
    // RunTask: the configuration "isn't supported for other network modes".
    return given && !needed
        ? Optional.of("has not network mode awsvpc, so that SUBNETS must not be set")
        : Optional.empty();
  }

  private static Optional<String> compatibility(Site site, TaskDefinition definition) {
    List<String> compatible = definition.compatibilitiesAsStrings();
    return site.placements().stream()
        .map(TaskDefinitionCheck::launchType)
        .flatMap(Optional::stream)
        .filter(type -> !compatible.isEmpty() && !compatible.contains(type))
        .findFirst()
        .map(type -> "is not made for %s, only for %s".formatted(type, compatible));
  }

  /**
   * What a place demands of a definition; of capacity providers with names of their own unknown.
   */
  private static Optional<String> launchType(Placement placement) {
    return switch (placement) {
      case Placement.ClusterDefault() -> Optional.empty();
      case Placement.LaunchType(String name) -> Optional.of(name);
      case Placement.CapacityProvider(String name) ->
          name.equals("FARGATE") || name.equals("FARGATE_SPOT")
              ? Optional.of("FARGATE")
              : Optional.empty();
    };
  }
}
