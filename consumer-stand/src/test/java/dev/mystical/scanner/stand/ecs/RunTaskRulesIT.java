package dev.mystical.scanner.stand.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;

class RunTaskRulesIT {

  private final Stand stand = Stand.atHand();

  @AfterEach
  void close() {
    stand.close();
  }

  private Task accepted(Consumer<RunTaskRequest.Builder> change) {
    RunTaskRequest.Builder request = Stand.request();
    change.accept(request);
    return stand.client.runTask(request.build()).tasks().getFirst();
  }

  private String refused(Consumer<RunTaskRequest.Builder> change) {
    InvalidParameterException refusal =
        catchThrowableOfType(InvalidParameterException.class, () -> accepted(change));
    assertThat(refusal).isNotNull();
    assertThat(stand.ecs.launched()).isZero();
    return refusal.awsErrorDetails().errorMessage();
  }

  private static CapacityProviderStrategyItem provider(String name, int weight, int base) {
    return CapacityProviderStrategyItem.builder()
        .capacityProvider(name)
        .weight(weight)
        .base(base)
        .build();
  }

  @Test
  void theClusterIsNamedByNameOrArnAndMustBeThere() {
    assertThat(accepted(r -> r.cluster("arn:aws:ecs:us-east-1:123456789012:cluster/scans")))
        .isNotNull();
    assertThatThrownBy(() -> accepted(r -> r.cluster("other")))
        .isInstanceOf(ClusterNotFoundException.class);
    assertThatThrownBy(() -> accepted(r -> r.cluster(null)))
        .isInstanceOf(ClusterNotFoundException.class);
    stand.ecs.createCluster("default");
    assertThat(accepted(r -> r.cluster(null)).clusterArn()).endsWith("cluster/default");
  }

  @Test
  void theTaskDefinitionIsTheLatestActiveOneOfItsFamilyOrAnExactOne() {
    String second = stand.ecs.registerTaskDefinition(Stand.FAMILY, Stand.CONTAINER, "sonar:2");

    assertThat(accepted(r -> {}).taskDefinitionArn()).isEqualTo(second);
    assertThat(accepted(r -> r.taskDefinition("sonar:1")).taskDefinitionArn()).endsWith("sonar:1");
    assertThat(accepted(r -> r.taskDefinition(second)).taskDefinitionArn()).isEqualTo(second);
    assertThatThrownBy(() -> accepted(r -> r.taskDefinition("absent")))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("TaskDefinition not found.");
  }

  @Test
  void anInactiveTaskDefinitionIsRefused() {
    String second = stand.ecs.registerTaskDefinition(Stand.FAMILY, Stand.CONTAINER, "sonar:2");
    var unused = stand.client.deregisterTaskDefinition(d -> d.taskDefinition(second));

    assertThatThrownBy(() -> accepted(r -> r.taskDefinition(second)))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("TaskDefinition is inactive");
    assertThat(accepted(r -> {}).taskDefinitionArn()).endsWith("sonar:1");
  }

  @Test
  void anAwsvpcTaskNeedsItsNetwork() {
    assertThat(refused(r -> r.networkConfiguration((NetworkConfiguration) null)))
        .contains("Network Configuration must be provided");
  }

  @Test
  void anotherNetworkModeTakesNoNetwork() {
    stand.ecs.registerTaskDefinition(
        """
        {"family":"host","networkMode":"host","containerDefinitions":[{"name":"a","image":"a"}]}\
        """);
    assertThat(refused(r -> r.taskDefinition("host").launchType("EC2")))
        .contains("not valid for the given networkMode");
  }

  @Test
  void theNetworkHasItsLimits() {
    List<String> many = IntStream.range(0, 17).mapToObj(i -> "subnet-" + i).toList();
    refused(r -> r.networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets(many))));
    refused(r ->
        r.networkConfiguration(
            n -> n.awsvpcConfiguration(v -> v.subnets("s").securityGroups(many.subList(0, 6)))));
    refused(r ->
        r.networkConfiguration(
            n -> n.awsvpcConfiguration(v -> v.subnets("s").assignPublicIp("MAYBE"))));
  }

  @Test
  void launchTypeAndStrategyExcludeEachOther() {
    assertThat(refused(r -> r.capacityProviderStrategy(provider("FARGATE", 1, 0))))
        .contains("both a launch type and capacity provider strategy");
  }

  @Test
  void aProviderMustBelongToTheCluster() {
    assertThat(
            refused(
                r -> r.launchType((String) null).capacityProviderStrategy(provider("mine", 1, 0))))
        .contains("not associated with the cluster");
  }

  @Test
  void weightsAndBasesHaveTheirLimits() {
    refused(
        r -> r.launchType((String) null).capacityProviderStrategy(provider("FARGATE", 1001, 0)));
    refused(r ->
        r.launchType((String) null)
            .capacityProviderStrategy(provider("FARGATE", 1, 1), provider("FARGATE_SPOT", 1, 1)));
    assertThat(
            refused(r ->
                r.launchType((String) null)
                    .capacityProviderStrategy(
                        provider("FARGATE", 0, 0), provider("FARGATE_SPOT", 0, 0))))
        .contains("weight greater than 0");
  }

  @Test
  void aStrategyPlacesAndNamesItsProvider() {
    Task task =
        accepted(r ->
            r.launchType((String) null).capacityProviderStrategy(provider("FARGATE_SPOT", 1, 0)));
    assertThat(task.capacityProviderName()).isEqualTo("FARGATE_SPOT");
    assertThat(task.launchTypeAsString()).isEqualTo("FARGATE");
    assertThat(task.containers()).as("none while PROVISIONING, with a provider").isEmpty();
  }

  @Test
  void withoutEitherTheClustersDefaultDecidesAndElseEc2() {
    stand.ecs.createCluster("spot", "FARGATE_SPOT");
    assertThat(accepted(r -> r.cluster("spot").launchType((String) null)).capacityProviderName())
        .isEqualTo("FARGATE_SPOT");
    assertThatThrownBy(() -> accepted(r -> r.launchType((String) null)))
        .hasMessageContaining("does not support launch_type EC2");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 11, -1})
  void countIsOneToTen(int count) {
    assertThat(refused(r -> r.count(count))).contains("between 1 and 10");
  }

  @Test
  void tenTasksAreLaunchedAtOnce() {
    assertThat(stand.client.runTask(Stand.request().count(10).build()).tasks()).hasSize(10);
  }

  @Test
  void anOverrideMustNameAContainer() {
    assertThat(
            refused(r ->
                r.overrides(
                    o -> o.containerOverrides(ContainerOverride.builder().name("other").build()))))
        .contains("Override for container named other is not a container in the TaskDefinition.");
  }

  @Test
  void overridesAreMeasuredWithTheirJson() {
    assertThat(refused(r -> override(r, "x".repeat(8192))))
        .contains("Container Overrides length must be at most 8192");
    int frame =
        """
        {"containerOverrides":[{"name":"scanner","environment":[{"name":"A","value":""}]}]}\
        """
            .length();
    assertThat(refused(r -> override(r, "x".repeat(8193 - frame)))).contains("8192");
    assertThat(accepted(r -> override(r, "x".repeat(8192 - frame)))).isNotNull();
  }

  private static void override(RunTaskRequest.Builder request, String value) {
    KeyValuePair pair = KeyValuePair.builder().name("A").value(value).build();
    ContainerOverride override =
        ContainerOverride.builder().name(Stand.CONTAINER).environment(pair).build();
    request.overrides(o -> o.containerOverrides(override));
  }

  @Test
  void overridesAreEchoed() {
    Task task = accepted(r -> override(r, "b"));
    assertThat(task.overrides().containerOverrides().getFirst().environment().getFirst().value())
        .isEqualTo("b");
  }

  @Test
  void startedByHasItsAlphabetAndLength() {
    assertThat(refused(r -> r.startedBy("scan id"))).contains("startedBy");
    refused(r -> r.startedBy("a".repeat(129)));
    assertThat(accepted(r -> r.startedBy("scan/" + "a".repeat(123))).startedBy()).hasSize(128);
  }

  @Test
  void aTokenHasItsAlphabetAndLength() {
    assertThat(refused(r -> r.clientToken("a b"))).contains("clientToken");
    refused(r -> r.clientToken("a".repeat(65)));
    assertThat(accepted(r -> r.clientToken("~".repeat(64)))).isNotNull();
  }

  @Test
  void tagsHaveTheirLimits() {
    refused(r -> r.tags(tag("aws:x", "")));
    refused(r -> r.tags(tag("k".repeat(129), "")));
    refused(r -> r.tags(tag("k", "v".repeat(257))));
    refused(r -> r.tags(tag("k", "1"), tag("k", "2")));
    refused(r -> r.tags(IntStream.range(0, 51).mapToObj(i -> tag("k" + i, "")).toList()));
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @Test
  void tagsOfAServiceCannotBePropagated() {
    assertThat(refused(r -> r.propagateTags("SERVICE"))).contains("propagateTags");
  }

  @Test
  void ephemeralStorageHasItsLimits() {
    refused(r -> r.overrides(o -> o.ephemeralStorage(e -> e.sizeInGiB(20))));
    refused(r -> r.overrides(o -> o.ephemeralStorage(e -> e.sizeInGiB(201))));
  }

  @Test
  void aTaskDefinitionMustSuitTheLaunchType() {
    assertThat(refused(r -> r.launchType("EC2"))).contains("does not support launch_type EC2");
    refused(r -> r.launchType("MOON"));
  }

  @Test
  void aClusterWithoutInstancesTakesNoEc2Task() {
    stand.ecs.registerTaskDefinition(
        """
        {"family":"bridge","networkMode":"bridge","containerDefinitions":[{"name":"a","image":"a"}]}\
        """);
    assertThat(
            refused(r ->
                r.taskDefinition("bridge")
                    .launchType("EC2")
                    .networkConfiguration((NetworkConfiguration) null)))
        .contains("No Container Instances were found in your cluster.");
  }
}
