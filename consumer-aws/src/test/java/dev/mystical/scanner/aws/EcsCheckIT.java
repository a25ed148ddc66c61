package dev.mystical.scanner.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.check.Finding;
import dev.mystical.scanner.domain.launch.Provider;
import dev.mystical.scanner.domain.launch.Site;
import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.stand.ecs.Fault;
import dev.mystical.scanner.stand.ecs.FaultKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EcsCheckIT {
  private static final Placement FARGATE = new Placement.CapacityProvider("FARGATE");

  private final EcsStand stand = new EcsStand();

  @AfterEach
  void close() {
    stand.close();
  }

  @Test
  void allIsWellOnAGoodStand() throws InterruptedException {
    assertThat(check(site(FARGATE), provider("sonar", "scanner")))
        .extracting(Finding::name)
        .containsExactly(
            "cluster", "capacity", "looking at tasks", "stopping tasks", "provider sonar");
    assertThat(check(site(FARGATE), provider("sonar", "scanner")))
        .hasOnlyElementsOfType(Finding.Ok.class);
    assertThat(check(site(new Placement.ClusterDefault()), provider("sonar", "scanner")))
        .hasOnlyElementsOfType(Finding.Ok.class);
    assertThat(stand.ecs.launched()).isZero();
  }

  @Test
  void missingClusterFails() throws InterruptedException {
    Site nowhere = new Site("nowhere", List.of(FARGATE), EcsStand.NETWORK, Optional.empty());

    assertThat(check(nowhere, provider("sonar", "scanner")))
        .contains(new Finding.Failure("cluster", "nowhere does not exist"));
  }

  @Test
  void capacityProviderThatTheClusterLacksFails() throws InterruptedException {
    fails(
        check(site(new Placement.CapacityProvider("mine")), provider("sonar", "scanner")), "mine");
  }

  @Test
  void clusterWithoutADefaultIsAWarning() throws InterruptedException {
    stand.ecs.createCluster("bare");
    Site bare =
        new Site(
            "bare", List.of(new Placement.ClusterDefault()), EcsStand.NETWORK, Optional.empty());

    assertThat(check(bare, provider("sonar", "scanner")))
        .anySatisfy(it -> assertThat(it).isInstanceOf(Finding.Warning.class));
  }

  @Test
  void missingTaskDefinitionFails() throws InterruptedException {
    fails(check(site(FARGATE), provider("other", "scanner")), "other");
  }

  @Test
  void missingContainerFails() throws InterruptedException {
    fails(check(site(FARGATE), provider("sonar", "other")), "no container other");
  }

  @Test
  void missingSubnetsFail() throws InterruptedException {
    Site site = new Site(EcsStand.CLUSTER, List.of(FARGATE), Network.NONE, Optional.empty());

    fails(check(site, provider("sonar", "scanner")), "SUBNETS must be set");
  }

  @Test
  void missingPermissionToStopTasksFails() throws InterruptedException {
    stand.ecs.fault(Fault.on("StopTask", FaultKind.ACCESS_DENIED));

    fails(
        check(site(FARGATE), provider("sonar", "scanner")),
        "would run on: StopTask: AccessDeniedException");
  }

  @Test
  void missingPermissionToLookFails() throws InterruptedException {
    stand.ecs.fault(Fault.on("ListTasks", FaultKind.ACCESS_DENIED));
    fails(
        check(site(FARGATE), provider("sonar", "scanner")),
        "nobody would learn how a task ended: ECS ListTasks: AccessDeniedException");

    stand.ecs.fault(Fault.on("DescribeClusters", FaultKind.ACCESS_DENIED));
    fails(check(site(FARGATE), provider("sonar", "scanner")), "AccessDeniedException");
  }

  private static void fails(List<Finding> findings, String words) {
    assertThat(findings)
        .filteredOn(Finding.Failure.class::isInstance)
        .singleElement()
        .satisfies(it -> assertThat(it.sentence()).contains(words));
  }

  private List<Finding> check(Site site, Provider provider) throws InterruptedException {
    return stand.clients.clusterCheck().run(site, List.of(provider));
  }

  private static Site site(Placement placement) {
    return new Site(EcsStand.CLUSTER, List.of(placement), EcsStand.NETWORK, Optional.empty());
  }

  private static Provider provider(String definition, String container) {
    return new Provider(new ProviderId("sonar"), definition, container);
  }
}
