package dev.mystical.scanner.domain.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InMemoryProgressBoardTest extends ProgressBoardContract {
  private final MovableClock clock = new MovableClock();
  private final InMemoryProgressBoard board = new InMemoryProgressBoard(clock);

  @Override
  protected ProgressBoard board() {
    return board;
  }

  @Override
  protected void elapse(Duration time) {
    clock.advance(time);
  }

  @Test
  void aCallThatIsToFailThrows() throws InterruptedException {
    board.failNext(1);

    assertThatThrownBy(() -> board.of(SampleScans.newKey())).isInstanceOf(LedgerUnavailable.class);
    assertThat(board.of(SampleScans.newKey())).isEmpty();
  }
}
