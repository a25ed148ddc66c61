package dev.mystical.scanner.stand.ecs;

/** The states of a task, in their order ("Amazon ECS task lifecycle", developer guide). */
public enum TaskStatus {
  /** Before launch: the network interface is made. */
  PROVISIONING,
  /** Waiting for resources and pulling images. */
  PENDING,
  /** After the pull, before the containers run. */
  ACTIVATING,
  /** The containers run. */
  RUNNING,
  /** To be stopped; registrations are taken back first. */
  DEACTIVATING,
  /** Waiting for the containers to stop. */
  STOPPING,
  /** The containers have ended; the network interface is taken away. */
  DEPROVISIONING,
  /** Over. */
  STOPPED;

  boolean isBeforeRunning() {
    return compareTo(RUNNING) < 0;
  }
}
