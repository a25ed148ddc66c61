package dev.mystical.scanner.domain.scan;

import java.time.Instant;
import java.util.Optional;

/**
 * What ECS told of a task's end: enough for a person to see why.
 *
 * @param stoppedAt when it was STOPPED; of a task that ECS no longer knows, when it was given up;
 *     absent while only the scanning container has ended
 * @param exitCode the scanning container's
 * @param stopCode ECS' own word
 * @param reason the container's and the task's reasons
 * @param logUrl where the scanner's output can be read
 */
public record TaskEnd(
    Optional<Instant> stoppedAt,
    Optional<Integer> exitCode,
    Optional<String> stopCode,
    Optional<String> reason,
    Optional<String> logUrl) {
  /** Of a task that ECS does not know, or that never was. */
  public static TaskEnd unseen(Instant now) {
    return new TaskEnd(
        Optional.of(now), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
