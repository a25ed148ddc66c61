package dev.mystical.scanner.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.simulation.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CallRatesTest {
  private final AtomicReference<Instant> clock = new AtomicReference<>(MovableClock.START);
  private final CallRates rates = new CallRates(50, 100, clock::get);

  private void elapse(Duration time) {
    clock.updateAndGet(now -> now.plus(time));
  }

  private int allowed(String name, int calls) {
    int allowed = 0;
    for (int i = 0; i < calls; i++) {
      allowed += rates.excess(name).isEmpty() ? 1 : 0;
    }
    return allowed;
  }

  @Test
  void thereAreSoManyCallsAtOnce() {
    assertThat(allowed("a", 150)).isEqualTo(100);
    assertThat(allowed("b", 1)).as("another one's").isEqualTo(1);
  }

  @Test
  void thereAreSoManyCallsASecondForLong() {
    allowed("a", 100);
    int allowed = 0;
    for (int i = 0; i < 1_000; i++) {
      elapse(Duration.ofMillis(10));
      allowed += allowed("a", 3);
    }
    assertThat(allowed).isBetween(499, 500);
  }

  @Test
  void whoeverCallsWithoutPauseStillGetsItsShare() {
    allowed("a", 100);
    int allowed = 0;
    for (int i = 0; i < 10_000; i++) {
      elapse(Duration.ofNanos(100_000));
      allowed += allowed("a", 1);
    }
    assertThat(allowed).isBetween(49, 50);
  }

  @Test
  void itIsSaidHowLongToWait() {
    allowed("a", 100);
    assertThat(rates.excess("a")).contains(Duration.ofMillis(20));
    elapse(Duration.ofMillis(20));
    assertThat(rates.excess("a")).isEmpty();
  }

  @Test
  void aClockThatIsSetBackKeepsNobodyOut() {
    allowed("a", 100);
    elapse(Duration.ofHours(-1));
    assertThat(allowed("a", 1)).isZero();
    elapse(Duration.ofSeconds(1));
    assertThat(allowed("a", 100)).isEqualTo(50);
  }

  @Test
  void theNamesThatAreKeptAreBounded() {
    allowed("a", 100);
    for (int i = 0; i < 10_000; i++) {
      allowed("n" + i, 1);
    }
    assertThat(allowed("a", 1)).as("forgotten").isEqualTo(1);
  }
}
