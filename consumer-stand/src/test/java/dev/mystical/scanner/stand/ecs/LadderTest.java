package dev.mystical.scanner.stand.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LadderTest {

  private static List<TaskStatus> climb(Ladder ladder) {
    List<TaskStatus> seen = new ArrayList<>(List.of(TaskStatus.PROVISIONING));
    while (seen.getLast() != TaskStatus.STOPPED) {
      seen.add(ladder.after(seen.getLast()));
    }
    return seen;
  }

  @Test
  void everyStateWithATimeIsSeenInOrder() {
    assertThat(climb(Ladder.evenly(Duration.ofSeconds(1)))).containsExactly(TaskStatus.values());
  }

  @Test
  void whatFargateDoesNotShowIsPassedOver() {
    assertThat(climb(Ladder.likeFargate()))
        .containsExactly(
            TaskStatus.PROVISIONING,
            TaskStatus.PENDING,
            TaskStatus.RUNNING,
            TaskStatus.DEPROVISIONING,
            TaskStatus.STOPPED);
  }

  @Test
  void stoppedIsTheEnd() {
    assertThat(Ladder.instant().after(TaskStatus.STOPPED)).isEqualTo(TaskStatus.STOPPED);
  }

  @Test
  void aTimeIsNotNegative() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ladder.evenly(Duration.ofSeconds(-1)))
        .withMessageContaining("is negative");
  }
}
