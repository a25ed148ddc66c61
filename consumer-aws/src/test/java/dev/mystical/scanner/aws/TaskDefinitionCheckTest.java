package dev.mystical.scanner.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.check.Finding;
import dev.mystical.scanner.domain.launch.Provider;
import dev.mystical.scanner.domain.launch.Site;
import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.ProviderId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

class TaskDefinitionCheckTest {
  private static final Network NETWORK = new Network(List.of("subnet-1"), List.of(), false);
  private static final Placement SPOT = new Placement.CapacityProvider("FARGATE_SPOT");

  @Test
  void goodDefinitionIsOk() {
    assertThat(check(site(NETWORK, SPOT), good().build())).isInstanceOf(Finding.Ok.class);
  }

  @Test
  void inactiveDefinitionFails() {
    failsSaying(check(site(NETWORK, SPOT), good().status("INACTIVE").build()), "INACTIVE");
  }

  @Test
  void missingContainerFails() {
    failsSaying(
        check(
            site(NETWORK, SPOT),
            good()
                .containerDefinitions(ContainerDefinition.builder().name("proxy").build())
                .build()),
        "no container scanner, only [proxy]");
  }

  @Test
  void awsvpcWithoutSubnetsFails() {
    failsSaying(check(site(Network.NONE, SPOT), good().build()), "SUBNETS must be set");
  }

  @Test
  void subnetsWithoutAwsvpcFail() {
    failsSaying(
        check(site(NETWORK, SPOT), good().networkMode(NetworkMode.BRIDGE).build()),
        "SUBNETS must not be set");
  }

  @Test
  void definitionThatIsNotMadeForFargateFailsThere() {
    TaskDefinition ec2 = good().compatibilities(Compatibility.EC2).build();

    failsSaying(check(site(NETWORK, SPOT), ec2), "not made for FARGATE");
    failsSaying(check(site(NETWORK, new Placement.LaunchType("FARGATE")), ec2), "FARGATE");
    assertThat(check(site(NETWORK, new Placement.LaunchType("EC2")), ec2))
        .isInstanceOf(Finding.Ok.class);
    assertThat(check(site(NETWORK, new Placement.CapacityProvider("mine")), ec2))
        .isInstanceOf(Finding.Ok.class);
    assertThat(check(site(NETWORK, new Placement.ClusterDefault()), ec2))
        .isInstanceOf(Finding.Ok.class);
  }

  @Test
  void containerThatDoesNotEndTheTaskIsAWarning() {
    TaskDefinition definition =
        good()
            .containerDefinitions(
                ContainerDefinition.builder().name("scanner").essential(false).build())
            .build();

    assertThat(check(site(NETWORK, SPOT), definition)).isInstanceOf(Finding.Warning.class);
  }

  private static void failsSaying(Finding finding, String words) {
    assertThat(finding).isInstanceOf(Finding.Failure.class);
    assertThat(finding.name()).isEqualTo("provider sonar");
    assertThat(finding.sentence()).contains(words);
  }

  private static Finding check(Site site, TaskDefinition definition) {
    Provider provider = new Provider(new ProviderId("sonar"), "sonar:3", "scanner");
    return TaskDefinitionCheck.of("provider sonar", site, provider, definition);
  }

  private static Site site(Network network, Placement placement) {
    return new Site("scans", List.of(placement), network, Optional.empty());
  }

  private static TaskDefinition.Builder good() {
    return TaskDefinition.builder()
        .status("ACTIVE")
        .networkMode(NetworkMode.AWSVPC)
        .compatibilities(Compatibility.EC2, Compatibility.FARGATE)
        .containerDefinitions(ContainerDefinition.builder().name("scanner").build());
  }
}
