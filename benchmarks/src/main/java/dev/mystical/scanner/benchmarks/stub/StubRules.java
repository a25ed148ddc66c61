package dev.mystical.scanner.benchmarks.stub;

import java.time.Duration;

/**
 * How a stub treats its callers.
 *
 * @param visibility of the queue, in whole seconds
 * @param maxReceives after which a message goes to the dead-letter queue
 * @param duplicates share of the messages that are delivered a second time, as standard queues may
 * @param refused share of the RunTask calls that are throttled by chance
 * @param launchTime how long RunTask takes to answer; the task is there from the start
 * @param awsLimits whether RunTask has a bucket as on Fargate: 20 at once and 20 a second
 */
public record StubRules(
    Duration visibility,
    int maxReceives,
    double duplicates,
    double refused,
    Duration launchTime,
    boolean awsLimits) {
  /** Everything is well, and nothing is held up. */
  public static final StubRules WELL =
      new StubRules(Duration.ofSeconds(30), 5, 0, 0, Duration.ZERO, false);

  public StubRules withVisibility(Duration time) {
    return new StubRules(time, maxReceives, duplicates, refused, launchTime, awsLimits);
  }

  public StubRules withDuplicates(double share) {
    return new StubRules(visibility, maxReceives, share, refused, launchTime, awsLimits);
  }

  public StubRules withRefused(double share) {
    return new StubRules(visibility, maxReceives, duplicates, share, launchTime, awsLimits);
  }

  public StubRules withLaunchTime(Duration time) {
    return new StubRules(visibility, maxReceives, duplicates, refused, time, awsLimits);
  }

  public StubRules withAwsLimits() {
    return new StubRules(visibility, maxReceives, duplicates, refused, launchTime, true);
  }
}
