package dev.mystical.scanner.domain.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.simulation.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StormsTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final List<Long> told = new ArrayList<>();
  private Storms storms = Storms.NONE;

  @Test
  void theFirstFivePassAndTheOthersAreHeldBack() {
    for (int i = 0; i < 5; i++) {
      assertThat(met("a", i)).isTrue();
    }
    assertThat(met("a", 5)).isFalse();
    assertThat(told).containsExactly(1L, 1L, 1L, 1L, 1L);
  }

  @Test
  void eachKindHasItsOwnFive() {
    for (int i = 0; i < 6; i++) {
      met("a", i);
    }
    assertThat(met("b", 6)).isTrue();
  }

  @Test
  void whatWasHeldBackIsToldOnceWhenTheWindowIsOver() {
    for (int i = 0; i < 12; i++) {
      met("a", 0);
    }
    told.clear();

    passing(9_999);
    assertThat(told).isEmpty();
    passing(10_000);
    assertThat(told).containsExactly(7L);
    passing(20_000);
    assertThat(told).containsExactly(7L);
  }

  @Test
  void aStormThatGoesOnIsToldOnceAWindow() {
    for (int second = 0; second < 40; second++) {
      met("a", second * 1_000L);
      passing(second * 1_000L);
    }
    assertThat(told).containsExactly(1L, 1L, 1L, 1L, 1L, 5L, 10L, 10L);
  }

  @Test
  void afterAQuietWindowTroubleCountsAsNew() {
    for (int i = 0; i < 6; i++) {
      met("a", 0);
    }
    passing(10_000);
    passing(20_000);
    told.clear();

    for (int i = 0; i < 5; i++) {
      assertThat(met("a", 20_001)).isTrue();
    }
    assertThat(met("a", 20_001)).isFalse();
  }

  @Test
  void rareTroubleAlwaysPasses() {
    for (int i = 0; i < 100; i++) {
      assertThat(met("a", i * 3_000L)).isTrue();
    }
  }

  @Test
  void theEndTellsWhatIsHeldBack() {
    for (int i = 0; i < 8; i++) {
      met("a", 0);
      met("b", 0);
    }
    told.clear();

    Storms.Step end = storms.ending();

    assertThat(end.due()).extracting(Storms.Remainder::count).containsExactly(3L, 3L);
    assertThat(end.next()).isEqualTo(Storms.NONE);
  }

  @Test
  void onlySoManyKindsAreRemembered() {
    for (int i = 0; i < 7; i++) {
      met("first", 0);
    }
    told.clear();
    for (int i = 1; i < Storms.REMEMBERED; i++) {
      met("kind" + i, i);
    }
    assertThat(told).hasSize(Storms.REMEMBERED - 1).containsOnly(1L);
    told.clear();

    met("one more", 5_000);

    assertThat(storms.byFingerprint()).hasSize(Storms.REMEMBERED).doesNotContainKey("first");
    assertThat(told).containsExactlyInAnyOrder(2L, 1L);
  }

  @Test
  void whatIsToldAddsUpToWhatWasMet() {
    Seeds.check(
        200,
        random -> {
          storms = Storms.NONE;
          told.clear();
          long time = 0;
          int count = random.nextInt(3_000);
          for (int i = 0; i < count; i++) {
            time += random.nextInt(4) == 0 ? random.nextInt(2_000) : 0;
            met("kind" + random.nextInt(600), time);
            if (random.nextInt(10) == 0) {
              passing(time);
            }
          }
          tell(storms.ending());
          assertThat(told.stream().mapToLong(Long::longValue).sum()).isEqualTo(count);
        });
  }

  private boolean met(String fingerprint, long millis) {
    Storms.Step step = storms.met(fingerprint, event(), START.plus(Duration.ofMillis(millis)));
    tell(step);
    if (step.passes()) {
      told.add(1L);
    }
    return step.passes();
  }

  private void passing(long millis) {
    tell(storms.passing(START.plus(Duration.ofMillis(millis))));
  }

  private void tell(Storms.Step step) {
    storms = step.next();
    step.due().forEach(remainder -> told.add(remainder.count()));
  }

  private static ErrorEvent event() {
    return ErrorEvent.warn(ErrorCode.SQS_UNAVAILABLE, Stage.RECEIVE, Subject.SYSTEM, "timed out");
  }
}
