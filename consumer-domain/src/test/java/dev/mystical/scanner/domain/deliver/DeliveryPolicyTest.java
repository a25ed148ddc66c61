package dev.mystical.scanner.domain.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ScanError;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DeliveryPolicyTest {
  private static final Instant FIRST = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant PATIENCE_OVER = FIRST.plus(Duration.ofHours(80));

  private static DeliveryDecision decide(DeliveryOutcome outcome, int tries, Instant now) {
    return DeliveryPolicy.STANDARD.decide(outcome, tries, FIRST, now, () -> 0L);
  }

  private static DeliveryOutcome refused(Optional<Duration> retryAfter) {
    return new DeliveryOutcome.Refused(503, "answered 503", retryAfter);
  }

  @Test
  void whatArrivedIsDoneHoweverLate() {
    assertThat(decide(new DeliveryOutcome.Delivered(204), 99, PATIENCE_OVER))
        .isEqualTo(new DeliveryDecision.Delivered(204));
  }

  @Test
  void whatWasRefusedOrGotNoAnswerIsTriedAgain() {
    assertThat(decide(refused(Optional.empty()), 1, FIRST))
        .isEqualTo(new DeliveryDecision.Again(FIRST.plusSeconds(5), "answered 503"));
    assertThat(decide(new DeliveryOutcome.Unreachable("no answer"), 2, FIRST))
        .isEqualTo(new DeliveryDecision.Again(FIRST.plusSeconds(300), "no answer"));
  }

  @Test
  void whatNeverArrivesFailsAndMayBeSentAnew() {
    assertThat(decide(refused(Optional.empty()), 13, PATIENCE_OVER))
        .isEqualTo(
            new DeliveryDecision.GivenUp(
                new ScanError(
                    ErrorCode.CALLBACK_FAILED, "answered 503; given up after 13 tries", true)));
    assertThat(decide(new DeliveryOutcome.Unreachable("no answer"), 13, PATIENCE_OVER))
        .isEqualTo(
            new DeliveryDecision.GivenUp(
                new ScanError(
                    ErrorCode.CALLBACK_FAILED, "no answer; given up after 13 tries", true)));
  }

  @Test
  void whatIsGoneOrBlockedIsNotTriedAgain() {
    assertThat(decide(new DeliveryOutcome.Gone("answered 410"), 1, FIRST))
        .isEqualTo(
            new DeliveryDecision.GivenUp(
                new ScanError(ErrorCode.CALLBACK_FAILED, "answered 410", false)));
    assertThat(decide(new DeliveryOutcome.Blocked("not public"), 1, FIRST))
        .isEqualTo(
            new DeliveryDecision.GivenUp(
                new ScanError(ErrorCode.CALLBACK_BLOCKED, "not public", false)));
  }

  @Test
  void aReceiverMayPutOffATryButNotBringItForward() {
    assertThat(decide(refused(Optional.of(Duration.ofMinutes(2))), 1, FIRST))
        .isEqualTo(new DeliveryDecision.Again(FIRST.plusSeconds(120), "answered 503"));
    assertThat(decide(refused(Optional.of(Duration.ofSeconds(1))), 1, FIRST))
        .isEqualTo(new DeliveryDecision.Again(FIRST.plusSeconds(5), "answered 503"));
  }

  @Test
  void noReceiverPutsOffATryForLongerThanTheLongestDelay() {
    assertThat(decide(refused(Optional.of(Duration.ofDays(999))), 1, FIRST))
        .isEqualTo(new DeliveryDecision.Again(FIRST.plus(Duration.ofHours(10)), "answered 503"));
  }

  @Test
  void noReceiverPutsOffTheEnd() {
    assertThat(decide(refused(Optional.of(Duration.ofDays(999))), 13, PATIENCE_OVER))
        .isInstanceOf(DeliveryDecision.GivenUp.class);
  }

  @Test
  void chanceMovesATryByAFifthOfItsDelayAtMost() {
    RandomGenerator late = () -> -1L;

    assertThat(
            DeliveryPolicy.STANDARD.decide(
                new DeliveryOutcome.Unreachable("no answer"), 4, FIRST, FIRST, late))
        .isInstanceOfSatisfying(
            DeliveryDecision.Again.class,
            again ->
                assertThat(Duration.between(FIRST, again.at()))
                    .isBetween(Duration.ofMinutes(143), Duration.ofMinutes(144)));
  }
}
