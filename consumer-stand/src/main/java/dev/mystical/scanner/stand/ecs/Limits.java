package dev.mystical.scanner.stand.ecs;

import java.util.Map;

/**
 * What the account may do. A group of calls that is not named is not throttled; a quota of 0 is
 * none.
 *
 * @param rates calls a second for each group
 * @param vcpusOnDemand Fargate vCPUs that may run at once
 * @param vcpusSpot the same for Fargate Spot
 * @param provisioning tasks in PROVISIONING a cluster
 */
public record Limits(
    Map<CallGroup, Rate> rates, double vcpusOnDemand, double vcpusSpot, int provisioning) {

  public Limits {
    rates = Map.copyOf(rates);
  }

  /**
   * The documented rates ("Request throttling for the Amazon ECS API", "AWS Fargate throttling
   * quotas") and 500 provisioning tasks ("Amazon ECS endpoints and quotas"). The vCPU quotas, 6 for
   * a new account and raised on request, are off.
   */
  public static Limits documented() {
    return new Limits(
        Map.of(
            CallGroup.CLUSTER_RESOURCE_MODIFY, new Rate(100, 40),
            CallGroup.CLUSTER_RESOURCE_READ, new Rate(100, 20),
            CallGroup.CLUSTER_READ, new Rate(50, 20),
            CallGroup.TASK_DEFINITION_READ, new Rate(50, 20),
            CallGroup.TASK_DEFINITION_MODIFY, new Rate(20, 1),
            CallGroup.CAPACITY_PROVIDER_READ, new Rate(50, 20),
            CallGroup.FARGATE_RUN_TASK, new Rate(20, 20),
            CallGroup.FARGATE_LAUNCH, new Rate(100, 20),
            CallGroup.FARGATE_SPOT_LAUNCH, new Rate(100, 20)),
        0,
        0,
        500);
  }

  /** No limit at all. */
  public static Limits none() {
    return new Limits(Map.of(), 0, 0, 0);
  }

  public Limits withVcpus(double onDemand, double spot) {
    return new Limits(rates, onDemand, spot, provisioning);
  }

  public Limits withProvisioning(int tasks) {
    return new Limits(rates, vcpusOnDemand, vcpusSpot, tasks);
  }
}
