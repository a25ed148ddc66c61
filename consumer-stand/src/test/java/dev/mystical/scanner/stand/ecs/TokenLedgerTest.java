package dev.mystical.scanner.stand.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenLedgerTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final TokenLedger ledger = new TokenLedger(3, Duration.ofHours(1));

  private static StandTask task() {
    TaskDefinition definition = new TaskDefinition("sonar", 1, "arn", Json.object());
    return new StandTask(
        new StandTask.TaskName("id", "arn:task", "arn:cluster", 1),
        definition,
        Json.object(),
        new Placement("FARGATE", ""),
        List.of(),
        List.of());
  }

  private static TokenLedger.Entry entry(StandTask... tasks) {
    return new TokenLedger.Entry("same", NOW, List.of(tasks), List.of());
  }

  private boolean knows(String token, Duration later) {
    return ledger.find(token, "same", NOW.plus(later)).isPresent();
  }

  @Test
  void aRunningTasksTokenLivesForADay() {
    ledger.record("t", entry(task()));
    assertThat(knows("t", Duration.ofHours(24).minusMillis(1))).isTrue();
    assertThat(knows("t", Duration.ofHours(24))).isFalse();
  }

  @Test
  void aStoppedTasksTokenLivesAnHourLonger() {
    StandTask task = task();
    task.stamp(StandTask.Stamp.stoppedAt, NOW.plusSeconds(600));
    ledger.record("t", entry(task));
    assertThat(knows("t", Duration.ofMinutes(70).minusMillis(1))).isTrue();
    assertThat(knows("t", Duration.ofMinutes(70))).isFalse();
  }

  @Test
  void theLastTaskCounts() {
    StandTask stopped = task();
    stopped.stamp(StandTask.Stamp.stoppedAt, NOW);
    ledger.record("t", entry(stopped, task()));
    assertThat(knows("t", Duration.ofHours(23))).isTrue();
  }

  @Test
  void noTokenLivesLongerThanADay() {
    StandTask task = task();
    task.stamp(StandTask.Stamp.stoppedAt, NOW.plus(Duration.ofHours(30)));
    ledger.record("t", entry(task));
    assertThat(knows("t", Duration.ofHours(24))).isFalse();
  }

  @Test
  void failuresAloneLiveForAnHour() {
    ledger.record("t", entry());
    assertThat(knows("t", Duration.ofSeconds(3599))).isTrue();
    assertThat(knows("t", Duration.ofHours(1))).isFalse();
  }

  @Test
  void otherParametersConflictUntilTheTokenIsForgotten() {
    ledger.record("t", entry(task()));
    assertThatThrownBy(() -> ledger.find("t", "other", NOW))
        .isInstanceOfSatisfying(
            EcsError.class,
            e -> {
              assertThat(e.type()).isEqualTo("ConflictException");
              assertThat(e.body()).contains("\"resourceIds\":[\"arn:task\"]");
            });
    assertThat(ledger.find("t", "other", NOW.plus(Duration.ofHours(24)))).isEmpty();
  }

  @Test
  void theOldestGoesWhenTheLedgerIsFull() {
    for (String token : List.of("a", "b", "c", "d")) {
      ledger.record(token, entry(task()));
    }
    assertThat(ledger.size()).isEqualTo(3);
    assertThat(knows("a", Duration.ZERO)).isFalse();
    assertThat(knows("d", Duration.ZERO)).isTrue();
  }
}
