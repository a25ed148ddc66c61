package dev.mystical.scanner.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.app.health.HealthBoard.Condition;
import dev.mystical.scanner.app.health.HealthBoard.Dependency;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthBoardTest {
  private final MovableClock clock = new MovableClock();
  private final HealthBoard board = new HealthBoard(clock);

  @Test
  void nobodyIsUnwellOfWhomNothingIsKnown() {
    assertThat(board.isUnwell(Dependency.REDIS)).isFalse();
    assertThat(board.conditions()).isEmpty();
  }

  @Test
  void onlyAChangeIsNewsAndTheLatestDetailIsKept() {
    assertThat(board.unwell(Dependency.SQS, "refused")).isTrue();
    clock.advance(Duration.ofSeconds(5));
    assertThat(board.unwell(Dependency.SQS, "timed out")).isFalse();

    assertThat(board.conditions())
        .isEqualTo(Map.of(Dependency.SQS, new Condition(false, MovableClock.START, "timed out")));
  }

  @Test
  void aRecoveryHasItsOwnBeginning() {
    board.unwell(Dependency.ECS, "refused");
    clock.advance(Duration.ofSeconds(5));
    board.well(Dependency.ECS);
    clock.advance(Duration.ofSeconds(5));
    board.well(Dependency.ECS);

    assertThat(board.isUnwell(Dependency.ECS)).isFalse();
    assertThat(board.conditions())
        .isEqualTo(
            Map.of(Dependency.ECS, new Condition(true, MovableClock.START.plusSeconds(5), "")));
    assertThat(board.unwell(Dependency.ECS, "again")).isTrue();
  }
}
