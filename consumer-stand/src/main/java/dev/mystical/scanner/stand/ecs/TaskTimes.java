package dev.mystical.scanner.stand.ecs;

import java.time.Duration;
import java.util.Map;

/**
 * The times that AWS keeps with a task's end.
 *
 * @param stopGrace from SIGTERM to SIGKILL (task definition {@code stopTimeout}: 30 s by default)
 * @param spotNotice from Spot's notice to SIGKILL ("Fargate Spot termination notices": two minutes)
 * @param remembered how long ECS knows a stopped task, and then its client token (DescribeTasks
 *     reference: at least one hour; "Ensuring idempotency": one hour)
 */
public record TaskTimes(Duration stopGrace, Duration spotNotice, Duration remembered) {

  public TaskTimes {
    Map.of("stopGrace", stopGrace, "spotNotice", spotNotice, "remembered", remembered)
        .forEach((name, time) -> {
          if (time.isNegative()) {
            throw new IllegalArgumentException(name + " is negative: " + time);
          }
        });
  }

  /** As AWS documents them. */
  public static TaskTimes documented() {
    return new TaskTimes(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofHours(1));
  }

  public TaskTimes withStopGrace(Duration value) {
    return new TaskTimes(value, spotNotice, remembered);
  }

  public TaskTimes withSpotNotice(Duration value) {
    return new TaskTimes(stopGrace, value, remembered);
  }

  public TaskTimes withRemembered(Duration value) {
    return new TaskTimes(stopGrace, spotNotice, value);
  }
}
