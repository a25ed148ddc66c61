package dev.mystical.scanner.domain.scan;

import java.time.Instant;
import java.util.Optional;

/**
 * One task launched for a run, or about to be.
 *
 * @param number from 1
 * @param placement from 0, one more after each definite refusal of this attempt
 * @param launchingAt when this placement was written, before its first RunTask
 */
public record Attempt(
    int number,
    int placement,
    TaskSpec spec,
    Instant launchingAt,
    Optional<TaskArn> task,
    Optional<Instant> launchedAt) {
  public Attempt {
    if (number < 1 || placement < 0) {
      throw new IllegalArgumentException("attempt %d, placement %d".formatted(number, placement));
    }
  }

  public static Attempt launching(int number, int placement, TaskSpec spec, Instant now) {
    return new Attempt(number, placement, spec, now, Optional.empty(), Optional.empty());
  }

  Attempt launched(TaskArn arn, Instant now) {
    return new Attempt(number, placement, spec, launchingAt, Optional.of(arn), Optional.of(now));
  }
}
