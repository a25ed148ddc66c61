package dev.mystical.scanner.stand.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StandTimeTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final StandTime time = StandTime.handStepped(START);
  private final List<String> done = new ArrayList<>();

  private void note(String what) {
    done.add(what + "@" + Duration.between(START, time.instant()).toSeconds());
  }

  @Test
  void itStandsUntilItIsAdvanced() {
    time.after(Duration.ZERO, () -> note("a"));
    assertThat(time.instant()).isEqualTo(START);
    assertThat(done).isEmpty();
  }

  @Test
  void whatIsDueRunsInOrderAtItsOwnInstant() {
    time.after(Duration.ofSeconds(2), () -> note("c"));
    time.after(Duration.ofSeconds(1), () -> note("a"));
    time.after(Duration.ofSeconds(1), () -> note("b"));
    time.after(Duration.ofSeconds(9), () -> note("late"));
    time.advance(Duration.ofSeconds(5));
    assertThat(done).containsExactly("a@1", "b@1", "c@2");
    assertThat(time.instant()).isEqualTo(START.plusSeconds(5));
  }

  @Test
  void whatBecomesDueOnTheWayRunsToo() {
    time.after(
        Duration.ofSeconds(1), () -> time.after(Duration.ofSeconds(1), () -> note("second")));
    time.advance(Duration.ofSeconds(2));
    assertThat(done).containsExactly("second@2");
  }

  @Test
  void anActionThatFailsHindersNoOther() {
    time.after(
        Duration.ZERO,
        () -> {
          throw new IllegalStateException("broken");
        });
    time.after(Duration.ZERO, () -> note("a"));
    time.advance(Duration.ZERO);
    assertThat(done).containsExactly("a@0");
  }

  @Test
  void closedTimeForgetsWhatWasDue() {
    time.after(Duration.ZERO, () -> note("a"));
    time.close();
    time.advance(Duration.ofSeconds(1));
    assertThat(done).isEmpty();
  }

  @Test
  void realTimePassesByItself() throws InterruptedException {
    try (StandTime real = StandTime.real()) {
      CountDownLatch both = new CountDownLatch(2);
      real.after(Duration.ofMillis(20), both::countDown);
      real.after(Duration.ofMillis(5), both::countDown);
      assertThat(both.await(10, TimeUnit.SECONDS)).isTrue();
      assertThatIllegalStateException().isThrownBy(() -> real.advance(Duration.ofSeconds(1)));
    }
  }
}
