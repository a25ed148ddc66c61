package dev.mystical.scanner.stand.ecs;

import java.time.Duration;
import java.util.Map;

/**
 * How long a task stays in each state of its life.
 *
 * <p>ACTIVATING, DEACTIVATING and STOPPING are passed over while their time is zero: on live
 * Fargate they were never seen at 1 s polling (ministackorg/ministack#1720), though the developer
 * guide's "Amazon ECS task lifecycle" has them. RUNNING and STOPPED have no time of their own.
 *
 * @param provisioning until the network interface is there
 * @param pending until the image is pulled
 * @param activating between pull and run
 * @param deactivating between the wish to stop and the stop
 * @param stopping before the containers get SIGTERM
 * @param deprovisioning after the last container has ended
 */
public record Ladder(
    Duration provisioning,
    Duration pending,
    Duration activating,
    Duration deactivating,
    Duration stopping,
    Duration deprovisioning) {

  public Ladder {
    Map.of(
            "provisioning", provisioning,
            "pending", pending,
            "activating", activating,
            "deactivating", deactivating,
            "stopping", stopping,
            "deprovisioning", deprovisioning)
        .forEach((name, time) -> {
          if (time.isNegative()) {
            throw new IllegalArgumentException(name + " is negative: " + time);
          }
        });
  }

  /** Every state within a moment, for tests and the local mode. */
  public static Ladder instant() {
    return evenly(Duration.ZERO);
  }

  /** About what Fargate takes. */
  public static Ladder likeFargate() {
    return new Ladder(
        Duration.ofSeconds(8),
        Duration.ofSeconds(15),
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ofSeconds(10));
  }

  /** The same time in every state, so that each one shows where it is not zero. */
  public static Ladder evenly(Duration time) {
    return new Ladder(time, time, time, time, time, time);
  }

  Duration dwell(TaskStatus status) {
    return switch (status) {
      case PROVISIONING -> provisioning;
      case PENDING -> pending;
      case ACTIVATING -> activating;
      case DEACTIVATING -> deactivating;
      case STOPPING -> stopping;
      case DEPROVISIONING -> deprovisioning;
      case RUNNING, STOPPED -> Duration.ZERO;
    };
  }

  /** The state that is seen after {@code status}; STOPPED stays. */
  TaskStatus after(TaskStatus status) {
    TaskStatus next =
        switch (status) {
          case PROVISIONING -> TaskStatus.PENDING;
          case PENDING -> TaskStatus.ACTIVATING;
          case ACTIVATING -> TaskStatus.RUNNING;
          case RUNNING -> TaskStatus.DEACTIVATING;
          case DEACTIVATING -> TaskStatus.STOPPING;
          case STOPPING -> TaskStatus.DEPROVISIONING;
          case DEPROVISIONING, STOPPED -> TaskStatus.STOPPED;
        };
    return passedOver(next) ? after(next) : next;
  }

  private boolean passedOver(TaskStatus status) {
    return switch (status) {
      case ACTIVATING, DEACTIVATING, STOPPING -> dwell(status).isZero();
      case PROVISIONING, PENDING, RUNNING, DEPROVISIONING, STOPPED -> false;
    };
  }
}
