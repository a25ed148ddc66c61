package dev.mystical.scanner.app.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.app.loop.Stopping;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CustodyTest {
  private final MovableClock clock = new MovableClock();
  private final SimulatedStop stop = new SimulatedStop(clock);
  private final AtomicBoolean held = new AtomicBoolean(true);
  private final Custody custody = new Custody(LaunchBench.MESSAGE.value(), held::get, stop, clock);

  @Test
  void restsAsLongAsItIsToldTo() throws InterruptedException {
    custody.rest(Duration.ofSeconds(61));

    assertThat(clock.instant()).isEqualTo(MovableClock.START.plusSeconds(61));
  }

  @Test
  void noWaitIsNoWaitButStillAQuestion() {
    assertThatCode(() -> custody.rest(Duration.ofSeconds(-1))).doesNotThrowAnyException();
    assertThat(stop.waits()).isZero();
    held.set(false);
    assertThatThrownBy(() -> custody.rest(Duration.ZERO)).isInstanceOf(Custody.Ended.class);
  }

  @Test
  void aLostLeaseEndsARestWithinTwoSeconds() {
    stop.duringWait(number -> held.set(number < 3));

    assertThatThrownBy(() -> custody.rest(Duration.ofHours(1)))
        .isInstanceOf(Custody.Ended.class)
        .hasMessageContaining("lease is lost");
    assertThat(clock.instant()).isEqualTo(MovableClock.START.plusSeconds(6));
  }

  @Test
  void aStopEndsARestAtOnce() {
    Stopping stopping = new Stopping();
    stopping.ask();

    assertThatThrownBy(() ->
            new Custody(LaunchBench.MESSAGE.value(), () -> true, stopping, clock)
                .rest(Duration.ofHours(1)))
        .isInstanceOf(Custody.Ended.class)
        .hasMessageContaining("stops");
  }
}
