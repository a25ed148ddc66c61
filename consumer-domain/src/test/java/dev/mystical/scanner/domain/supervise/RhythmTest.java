package dev.mystical.scanner.domain.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Stop;
import dev.mystical.scanner.domain.scan.StopReason;
import dev.mystical.scanner.domain.simulation.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RhythmTest {
  private static final Instant LAUNCH = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Instant NEVER = LAUNCH.plus(Duration.ofDays(30));

  @Test
  void noLookIsFurtherOffThanItsIntervalOrNearerThanHalfOfIt() {
    Seeds.check(
        5_000,
        random -> {
          Duration age =
              Duration.ofMillis(
                  random.nextLong(Duration.ofHours(3).toMillis()) / (1 + random.nextInt(500)));
          boolean eventsFlow = random.nextBoolean();
          Instant now = LAUNCH.plus(age);
          Duration wait = Duration.between(now, Rhythm.next(LAUNCH, eventsFlow, NEVER, now));
          assertThat(wait)
              .as("at the age of %s, events %s", age, eventsFlow)
              .isLessThanOrEqualTo(interval(age, eventsFlow))
              .isGreaterThan(interval(age, eventsFlow).dividedBy(2));
        });
  }

  private static Duration interval(Duration age, boolean eventsFlow) {
    if (eventsFlow) {
      return Duration.ofMinutes(1);
    }
    if (age.toSeconds() < 20) {
      return Duration.ofSeconds(2);
    }
    return age.toSeconds() < 120 ? Duration.ofSeconds(5) : Duration.ofSeconds(15);
  }

  @Test
  void noDeadlineIsSkipped() {
    Seeds.check(
        5_000,
        random -> {
          Instant now = LAUNCH.plusMillis(random.nextInt(600_000));
          Instant deadline = now.plusMillis(random.nextInt(120_000) - 30_000);
          Instant next = Rhythm.next(LAUNCH, random.nextBoolean(), deadline, now);
          assertThat(next).isAfter(now);
          if (deadline.isAfter(now)) {
            assertThat(next).isBeforeOrEqualTo(deadline);
          }
        });
  }

  @Test
  void aTaskFromTheFutureIsYoung() {
    assertThat(Rhythm.next(LAUNCH.plusSeconds(60), false, NEVER, LAUNCH))
        .isBeforeOrEqualTo(LAUNCH.plusSeconds(2));
  }

  /** One call serves a hundred runs that are due at once. */
  @Test
  void looksOfManyRunsFallOnFewMoments() {
    Set<Instant> moments = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      moments.add(Rhythm.next(LAUNCH, false, NEVER, LAUNCH.plusSeconds(300).plusMillis(15L * i)));
    }

    assertThat(moments).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void aSteadyTaskIsLookedAtSomeTimesAMinute() {
    Instant now = LAUNCH;
    int looks = 0;
    while (now.isBefore(LAUNCH.plus(Duration.ofHours(1)))) {
      now = Rhythm.next(LAUNCH, false, NEVER, now);
      looks++;
    }

    assertThat(looks).isBetween(3_600 / 15, 2 * 3_600 / 15 + 60);
  }

  @Test
  void aStopIsAskedForAtOnceUnlessTheTaskShouldEndByItself() {
    for (StopReason reason : StopReason.values()) {
      Duration wait = reason == StopReason.LINGERING ? Duration.ofMinutes(5) : Duration.ZERO;
      assertThat(StopTerms.due(stop(reason, 0))).as("%s", reason).isEqualTo(LAUNCH.plus(wait));
    }
  }

  @Test
  void pausesBetweenStopsGrowToFiveMinutes() {
    Duration before = Duration.ZERO;
    for (int tries = 1; tries < 100; tries++) {
      Duration pause = Duration.between(LAUNCH, StopTerms.due(stop(StopReason.CANCELLED, tries)));
      assertThat(pause)
          .isGreaterThanOrEqualTo(before)
          .isBetween(Duration.ofSeconds(10), Duration.ofMinutes(5));
      before = pause;
    }
    assertThat(before).isEqualTo(Duration.ofMinutes(5));
  }

  private static Stop stop(StopReason reason, int tries) {
    Attempt attempt = SampleScans.attempt(LAUNCH).stopping(reason, LAUNCH);
    for (int i = 0; i < tries; i++) {
      attempt = attempt.stopTried(LAUNCH);
    }
    return attempt.course().stop().orElseThrow();
  }
}
