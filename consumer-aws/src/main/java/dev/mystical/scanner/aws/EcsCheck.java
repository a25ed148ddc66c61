package dev.mystical.scanner.aws;

import dev.mystical.scanner.domain.check.Finding;
import dev.mystical.scanner.domain.launch.Provider;
import dev.mystical.scanner.domain.launch.Site;
import dev.mystical.scanner.domain.launch.TasksUnavailable;
import dev.mystical.scanner.domain.launch.Trouble;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.StopOutcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Looks at the cluster and at each provider's task definition, and changes nothing. */
public final class EcsCheck {
  private static final String CLUSTER = "cluster";
  private static final String CAPACITY = "capacity";
  private static final String LOOKING = "looking at tasks";
  private static final String STOPPING = "stopping tasks";
  private static final TaskArn NOBODYS_TASK = new TaskArn("a".repeat(32));

  private final EcsClient ecs;

  EcsCheck(EcsClient ecs) {
    this.ecs = ecs;
  }

  /** Looks. Every trouble is a finding; nothing but an interrupt is thrown. */
  public List<Finding> run(Site site, List<Provider> providers) throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    try {
      cluster(site, findings);
    } catch (TasksUnavailable e) {
      findings.add(new Finding.Failure(CLUSTER, "cannot be looked at: " + e.getMessage()));
    }
    for (Provider provider : providers) {
      findings.add(provider(site, provider));
    }
    return List.copyOf(findings);
  }

  private void cluster(Site site, List<Finding> findings) throws InterruptedException {
    Optional<Cluster> found =
        EcsCall.of(
                "DescribeClusters", () -> ecs.describeClusters(it -> it.clusters(site.cluster())))
            .clusters()
            .stream()
            .findFirst();
    if (found.isEmpty()) {
      findings.add(new Finding.Failure(CLUSTER, "%s does not exist".formatted(site.cluster())));
      return;
    }
    Cluster cluster = found.get();
    if (!"ACTIVE".equals(cluster.status())) {
      findings.add(
          new Finding.Failure(CLUSTER, "%s is %s".formatted(site.cluster(), cluster.status())));
      return;
    }
    findings.add(new Finding.Ok(CLUSTER, "%s is active".formatted(site.cluster())));
    site.placements().forEach(place -> findings.add(capacity(cluster, place)));
    findings.add(looking(site.cluster()));
    findings.add(stopping(site.cluster()));
  }

  private static Finding capacity(Cluster cluster, Placement placement) {
    return switch (placement) {
      case Placement.CapacityProvider(String name) ->
          cluster.capacityProviders().contains(name)
              ? new Finding.Ok(CAPACITY, "%s is a provider of the cluster".formatted(name))
              : new Finding.Failure(
                  CAPACITY,
                  "%s is no provider of the cluster, which has %s"
                      .formatted(name, cluster.capacityProviders()));
      case Placement.LaunchType(String name) ->
          name.equals("FARGATE") || instances(cluster) > 0
              ? new Finding.Ok(CAPACITY, "launch type %s".formatted(name))
              : new Finding.Warning(
                  CAPACITY, "launch type %s, but the cluster has no instance".formatted(name));
      case Placement.ClusterDefault() ->
          // Without a strategy RunTask falls back to EC2 ("RunTask", launchType).
          !cluster.defaultCapacityProviderStrategy().isEmpty() || instances(cluster) > 0
              ? new Finding.Ok(CAPACITY, "the cluster's own default")
              : new Finding.Warning(
                  CAPACITY,
                  "the cluster has no default strategy and no instance; set LAUNCH_TYPE or"
                      + " CAPACITY_PROVIDERS");
    };
  }

  private static int instances(Cluster cluster) {
    Integer count = cluster.registeredContainerInstancesCount();
    return count == null ? 0 : count;
  }

  private Finding looking(String cluster) throws InterruptedException {
    try {
      EcsTaskReader reader = new EcsTaskReader(ecs);
      reader.describe(cluster, List.of(NOBODYS_TASK));
      reader.startedBy(cluster, "scan/check");
      return new Finding.Ok(LOOKING, "ListTasks and DescribeTasks are allowed");
    } catch (TasksUnavailable e) {
      return new Finding.Failure(LOOKING, "nobody would learn how a task ended: " + e.getMessage());
    }
  }

  /** ECS tells that there is no such task only to those who may stop one. */
  private Finding stopping(String cluster) throws InterruptedException {
    StopOutcome outcome =
        new EcsTaskWatcher(ecs, new LogLinks(ecs, InstantSource.system()))
            .stop(cluster, NOBODYS_TASK, "check");
    return switch (outcome) {
      case StopOutcome.Unknown() -> new Finding.Ok(STOPPING, "StopTask is allowed");
      case StopOutcome.Accepted() ->
          new Finding.Warning(STOPPING, "StopTask found a task that never was");
      case StopOutcome.Refused(Trouble trouble) ->
          new Finding.Failure(
              STOPPING,
              "a scan that is cancelled or takes too long would run on: " + trouble.message());
    };
  }

  private Finding provider(Site site, Provider provider) throws InterruptedException {
    String name = "provider " + provider.id();
    try {
      TaskDefinition definition =
          EcsCall.of(
                  "DescribeTaskDefinition",
                  () ->
                      ecs.describeTaskDefinition(
                          it -> it.taskDefinition(provider.taskDefinition())))
              .taskDefinition();
      return definition == null
          ? new Finding.Failure(
              name, "task definition %s does not exist".formatted(provider.taskDefinition()))
          : TaskDefinitionCheck.of(name, site, provider, definition);
    } catch (TasksUnavailable e) {
      return new Finding.Failure(
          name,
          "task definition %s cannot be looked at: %s"
              .formatted(provider.taskDefinition(), e.getMessage()));
    }
  }
}
