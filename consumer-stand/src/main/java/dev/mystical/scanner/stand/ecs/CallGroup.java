package dev.mystical.scanner.stand.ecs;

/** Calls that share a bucket. */
public enum CallGroup {
  /** RunTask and StopTask. */
  CLUSTER_RESOURCE_MODIFY,
  /** DescribeTasks and ListTasks. */
  CLUSTER_RESOURCE_READ,
  /** DescribeClusters. */
  CLUSTER_READ,
  /** DescribeTaskDefinition. */
  TASK_DEFINITION_READ,
  /** RegisterTaskDefinition and DeregisterTaskDefinition. */
  TASK_DEFINITION_MODIFY,
  /** DescribeCapacityProviders. */
  CAPACITY_PROVIDER_READ,
  /** RunTask onto Fargate, on top of the first. */
  FARGATE_RUN_TASK,
  /** Tasks launched on Fargate. */
  FARGATE_LAUNCH,
  /** Tasks launched on Fargate Spot. */
  FARGATE_SPOT_LAUNCH
}
