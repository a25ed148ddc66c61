package dev.mystical.scanner.domain.deliver;

import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ScanError;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Decides what a try leads to. What time may mend is tried again, and nothing else. */
public record DeliveryPolicy(DeliverySchedule schedule) {
  /** With the schedule that receivers are used to. */
  public static final DeliveryPolicy STANDARD = new DeliveryPolicy(DeliverySchedule.STANDARD);

  /**
   * What a try leads to.
   *
   * @param tries how many there were, this one counted
   * @param first when the first of them was
   */
  public DeliveryDecision decide(
      DeliveryOutcome outcome, int tries, Instant first, Instant now, RandomGenerator random) {
    return switch (outcome) {
      case DeliveryOutcome.Delivered(int status) -> new DeliveryDecision.Delivered(status);
      case DeliveryOutcome.Refused(int status, String why, Optional<Duration> wait) ->
          later(schedule.next(tries, first, now, random), earliest(now, wait), tries, why);
      case DeliveryOutcome.Unreachable(String why) ->
          later(schedule.next(tries, first, now, random), now, tries, why);
      case DeliveryOutcome.Gone(String why) -> givenUp(ErrorCode.CALLBACK_FAILED, why, false);
      case DeliveryOutcome.Blocked(String why) -> givenUp(ErrorCode.CALLBACK_BLOCKED, why, false);
    };
  }

  /** A receiver may put off a try, but not for so long that the webhook as good as ends. */
  private Instant earliest(Instant now, Optional<Duration> wait) {
    Duration longest = schedule.longest();
    Duration asked = wait.orElse(Duration.ZERO);
    return now.plus(asked.compareTo(longest) < 0 ? asked : longest);
  }

  private static DeliveryDecision later(
      DeliverySchedule.Next next, Instant earliest, int tries, String why) {
    return switch (next) {
      case DeliverySchedule.Next.AgainAt(Instant at) ->
          new DeliveryDecision.Again(at.isBefore(earliest) ? earliest : at, why);
      case DeliverySchedule.Next.GiveUp() ->
          givenUp(
              ErrorCode.CALLBACK_FAILED, "%s; given up after %d tries".formatted(why, tries), true);
    };
  }

  private static DeliveryDecision givenUp(ErrorCode code, String why, boolean retryable) {
    return new DeliveryDecision.GivenUp(new ScanError(code, why, retryable));
  }
}
