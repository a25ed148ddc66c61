package dev.mystical.scanner.domain.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.deliver.DeliverySchedule.Next;
import dev.mystical.scanner.domain.simulation.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DeliveryScheduleTest {
  private static final Instant FIRST = Instant.parse("2026-01-02T03:04:05Z");
  private static final DeliverySchedule STANDARD = DeliverySchedule.STANDARD;

  /** The moments of all tries of a webhook that never arrives. */
  private static List<Instant> tries(DeliverySchedule schedule, RandomGenerator random) {
    List<Instant> tries = new ArrayList<>(List.of(FIRST));
    while (schedule.next(tries.size(), FIRST, tries.getLast(), random)
        instanceof Next.AgainAt(Instant at)) {
      tries.add(at);
      assertThat(tries).hasSizeLessThan(1_000);
    }
    return tries;
  }

  @Test
  void aWebhookIsTriedForAtLeast72HoursAndLessThanFiveDays() {
    Seeds.check(
        500,
        random -> {
          List<Instant> tries = tries(STANDARD, random);
          assertThat(tries).hasSize(13);
          assertThat(Duration.between(FIRST, tries.getLast()))
              .isBetween(Duration.ofDays(3), Duration.ofDays(5));
        });
  }

  @Test
  void eachDelayIsItsStepAndAtMostAFifthMore() {
    Seeds.check(
        500,
        random -> {
          int tries = 1 + random.nextInt(12);
          Duration step = STANDARD.delays().get(tries - 1);
          assertThat(STANDARD.next(tries, FIRST, FIRST, random))
              .isInstanceOfSatisfying(
                  Next.AgainAt.class,
                  again ->
                      assertThat(Duration.between(FIRST, again.at()))
                          .isBetween(step, step.plus(step.dividedBy(5))));
        });
  }

  @Test
  void twoWebhooksThatFailTogetherAreNotTriedTogetherAgain() {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

    assertThat(STANDARD.next(4, FIRST, FIRST, random))
        .isNotEqualTo(STANDARD.next(4, FIRST, FIRST, random));
  }

  /** Else one try after a long outage of this server would be the last. */
  @Test
  void afterDaysWithoutATryTheReceiverStillHasAllItsTries() {
    Instant late = FIRST.plus(Duration.ofDays(30));
    RandomGenerator random = RandomGenerator.getDefault();

    for (int tries = 1; tries <= 12; tries++) {
      assertThat(STANDARD.next(tries, FIRST, late, random)).isInstanceOf(Next.AgainAt.class);
    }
    assertThat(STANDARD.next(13, FIRST, late, random)).isEqualTo(new Next.GiveUp());
  }

  @Test
  void howeverManyTriesThereWereThePatienceIsKept() {
    RandomGenerator random = RandomGenerator.getDefault();
    Instant end = FIRST.plus(Duration.ofDays(3));

    assertThat(STANDARD.next(500, FIRST, end.minusNanos(1), random))
        .isInstanceOf(Next.AgainAt.class);
    assertThat(STANDARD.next(500, FIRST, end, random)).isEqualTo(new Next.GiveUp());
  }

  @Test
  void aClockThatWentBackEndsNothing() {
    assertThat(
            STANDARD.next(13, FIRST, FIRST.minus(Duration.ofDays(9)), RandomGenerator.getDefault()))
        .isInstanceOf(Next.AgainAt.class);
  }

  @Test
  void nothingFollowsATryThatWasNot() {
    assertThatThrownBy(() -> STANDARD.next(0, FIRST, FIRST, RandomGenerator.getDefault()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aScheduleWithoutDelaysOrWithNoneAtAllIsRefused() {
    Duration patience = Duration.ofHours(1);
    for (List<Duration> delays :
        List.<List<Duration>>of(
            List.of(), List.of(Duration.ZERO), List.of(patience, Duration.ofSeconds(-1)))) {
      assertThatThrownBy(() -> new DeliverySchedule(delays, patience))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new DeliverySchedule(List.of(patience), Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
