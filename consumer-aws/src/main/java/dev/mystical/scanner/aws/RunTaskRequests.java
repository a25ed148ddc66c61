package dev.mystical.scanner.aws;

import dev.mystical.scanner.domain.launch.TaskRequest;
import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.Placement;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Tag;

/**
 * Writes a task request as RunTask's. Equal ones become the same bytes: ECS compares a repeated
 * token's request with the first ("ECS_Idempotency": one changed parameter is a ConflictException),
 * so nothing here may come from a setting, a clock or chance, and what is left out stays left out.
 */
final class RunTaskRequests {
  private RunTaskRequests() {}

  static RunTaskRequest of(TaskRequest request) {
    RunTaskRequest.Builder builder =
        RunTaskRequest.builder()
            .cluster(request.cluster())
            .taskDefinition(request.taskDefinition())
            .count(1)
            .startedBy(request.startedBy())
            .clientToken(request.clientToken())
            .tags(tags(request))
            .overrides(it ->
                it.containerOverrides(
                    ContainerOverride.builder()
                        .name(request.container())
                        .environment(environment(request))
                        .build()));
    place(request.placement(), builder);
    if (!request.network().subnets().isEmpty()) {
      builder.networkConfiguration(network(request.network()));
    }
    return builder.build();
  }

  private static void place(Placement placement, RunTaskRequest.Builder builder) {
    switch (placement) {
      case Placement.ClusterDefault() -> {}
      case Placement.LaunchType(String name) -> builder.launchType(name);
      // Exclusive with the launch type; the weight's default of 0 would start nothing.
      case Placement.CapacityProvider(String name) ->
          builder.capacityProviderStrategy(
              CapacityProviderStrategyItem.builder().capacityProvider(name).weight(1).build());
    }
  }

  private static NetworkConfiguration network(Network network) {
    return NetworkConfiguration.builder()
        .awsvpcConfiguration(it -> {
          it.subnets(network.subnets())
              .assignPublicIp(
                  network.publicIp() ? AssignPublicIp.ENABLED : AssignPublicIp.DISABLED);
          if (!network.securityGroups().isEmpty()) {
            it.securityGroups(network.securityGroups());
          }
        })
        .build();
  }

  private static List<Tag> tags(TaskRequest request) {
    return request.tags().entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  private static List<KeyValuePair> environment(TaskRequest request) {
    return request.environment().entrySet().stream()
        .map((Map.Entry<String, String> variable) ->
            KeyValuePair.builder().name(variable.getKey()).value(variable.getValue()).build())
        .toList();
  }
}
