package dev.mystical.scanner.app.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.simulation.MovableClock;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MonotonicClockTest {
  @Test
  void runsWithTheNanosFromWhereItBegan() {
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    MonotonicClock clock = new MonotonicClock(MovableClock.START, nanos::get);
    assertThat(clock.instant()).isEqualTo(MovableClock.START);

    // The source may pass the end of its range.
    nanos.addAndGet(1_000);

    assertThat(clock.instant()).isEqualTo(MovableClock.START.plusNanos(1_000));
  }
}
