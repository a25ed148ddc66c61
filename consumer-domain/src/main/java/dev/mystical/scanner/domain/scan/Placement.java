package dev.mystical.scanner.domain.scan;

/** Where a task is asked to run. */
public sealed interface Placement {
  /** Nothing is said; the cluster's own default decides. */
  record ClusterDefault() implements Placement {}

  /** A launch type: FARGATE, EC2 or EXTERNAL. */
  record LaunchType(String name) implements Placement {}

  /** A capacity provider, such as FARGATE_SPOT. */
  record CapacityProvider(String name) implements Placement {}

  /** The capacity provider's name, empty where none is asked for. */
  default String capacityProvider() {
    return this instanceof CapacityProvider provider ? provider.name() : "";
  }
}
