package dev.mystical.scanner.domain.ledger;

import static dev.mystical.scanner.domain.ledger.ScanEvent.Type.RUN_ENDED;
import static dev.mystical.scanner.domain.ledger.ScanEvent.Type.RUN_LAUNCHED;
import static dev.mystical.scanner.domain.ledger.ScanEvent.Type.SCAN_ENDED;
import static dev.mystical.scanner.domain.ledger.ScanEvent.Type.SCAN_QUEUED;
import static dev.mystical.scanner.domain.ledger.ScanEvent.Type.SCAN_RUNNING;
import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Severity;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.TaskEnd;
import dev.mystical.scanner.domain.scan.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommitTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final TaskArn TASK = new TaskArn("arn:task/1");

  private final Scan queued = SampleScans.queued(SampleScans.newKey(), SampleScans.full(), NOW);
  private final Scan launching =
      queued.with(SONAR, run -> run.launching(SampleScans.attempt(NOW)), NOW);
  private final Scan launched = SampleScans.launched(queued, SONAR, TASK, NOW);
  private final Scan half = SampleScans.failed(launched, MYSTICAL, ErrorCode.ECS_CONFIG, NOW);
  private final Scan ended = SampleScans.failed(half, SONAR, ErrorCode.TASK_FAILED, NOW);
  private final Scan over = ended.noting(SONAR, 1, attempt -> attempt.ended(TaskEnd.unseen(NOW)));

  @Test
  void aFirstCommitExpectsNoScanAndTellsThatItIsQueued() {
    Commit commit = Commit.of(queued, NOW);

    assertThat(commit.expectedVersion()).isEmpty();
    assertThat(types(commit)).containsExactly(SCAN_QUEUED);
    assertThat(commit.outbox()).isEmpty();
    assertThat(commit.errors()).isEmpty();
  }

  @Test
  void aScanThatBeginsWithItsFirstLaunchTellsBothStates() {
    Commit commit = Commit.of(queued, launching, NOW.minusSeconds(9), NOW);

    assertThat(commit.expectedVersion()).isEmpty();
    assertThat(commit.asked()).contains(NOW.minusSeconds(9));
    assertThat(commit.scan()).isEqualTo(launching);
    assertThat(types(commit)).containsExactly(SCAN_QUEUED, SCAN_RUNNING);
    assertThat(commit.events()).extracting(ScanEvent::scan).containsExactly(queued, launching);
    assertThat(commit.timers()).isEqualTo(Commit.of(queued, NOW).timers());
  }

  @Test
  void aScanThatEndsAsItBeginsTellsWhyAndIsDelivered() {
    Scan none = SampleScans.failed(queued, SONAR, ErrorCode.PROVIDER_UNKNOWN, NOW);
    Scan over = SampleScans.failed(none, MYSTICAL, ErrorCode.PROVIDER_UNKNOWN, NOW);

    Commit commit = Commit.of(queued, over, NOW, NOW);

    assertThat(types(commit)).containsExactly(SCAN_QUEUED, RUN_ENDED, RUN_ENDED, SCAN_ENDED);
    assertThat(commit.outbox()).hasSize(1);
    assertThat(commit.errors()).hasSize(2);
    assertThat(commit.timers()).isEmpty();
  }

  @Test
  void aRunThatItsMessageDrivesIsLookedAtInCaseTheMessageIsGone() {
    Optional<Instant> late = Optional.of(NOW.plusSeconds(300));

    assertThat(Commit.of(queued, NOW).timers()).isEqualTo(Map.of(SONAR, late, MYSTICAL, late));
  }

  @Test
  void everyRunOfAScanThatIsRebuiltHasItsTimer() {
    assertThat(Commit.of(half, NOW).timers())
        .isEqualTo(Map.of(SONAR, Optional.of(NOW.plusSeconds(2))));
    assertThat(Commit.of(half, NOW).tasks()).isEqualTo(Map.of(TASK, Optional.of(SONAR)));
    assertThat(Commit.of(over, NOW).timers()).isEmpty();
  }

  @Test
  void aNextCommitExpectsTheVersionThatItWasMadeFrom() {
    assertThat(Commit.of(new Found.Versioned(queued, 7), launching, NOW).expectedVersion())
        .contains(7L);
  }

  @Test
  void theFirstLaunchBeginsTheScan() {
    assertThat(types(between(queued, launching))).containsExactly(SCAN_RUNNING);
    assertThat(between(queued, launching).timers()).isEmpty();
  }

  @Test
  void anAcceptedTaskIsToldAndLookedAtSoon() {
    Commit commit = between(launching, launched);

    assertThat(types(commit)).containsExactly(RUN_LAUNCHED);
    assertThat(commit.events().getFirst().run()).contains(SONAR);
    assertThat(commit.timers()).isEqualTo(Map.of(SONAR, Optional.of(NOW.plusSeconds(2))));
    assertThat(commit.tasks()).isEqualTo(Map.of(TASK, Optional.of(SONAR)));
  }

  @Test
  void aRunThatEndsWithoutATaskNeedsNoTimerAnyMore() {
    Commit commit = between(launched, half);

    assertThat(types(commit)).containsExactly(RUN_ENDED);
    assertThat(commit.timers()).isEqualTo(Map.of(MYSTICAL, Optional.empty()));
    assertThat(commit.tasks()).isEmpty();
    assertThat(commit.outbox()).isEmpty();
    assertThat(commit.errors())
        .extracting(ErrorEvent::code, ErrorEvent::stage, ErrorEvent::severity)
        .containsExactly(tuple(ErrorCode.ECS_CONFIG, Stage.LAUNCH, Severity.ERROR));
  }

  @Test
  void theLastRunEndsTheScan() {
    Commit commit = between(half, ended);

    assertThat(types(commit)).containsExactly(RUN_ENDED, SCAN_ENDED);
    assertThat(commit.outbox()).hasSize(1);
    assertThat(commit.outbox().getFirst().url()).isEqualTo(SampleScans.CALLBACK);
    assertThat(commit.outbox().getFirst().event().type()).isEqualTo(SCAN_ENDED);
    assertThat(commit.errors()).extracting(ErrorEvent::stage).containsExactly(Stage.SUPERVISE);
    assertThat(commit.errors().getFirst().subject().scan()).contains(queued.key().id());
    assertThat(commit.errors().getFirst().subject().attempt()).contains(1);
  }

  @Test
  void aRunThatHasEndedIsWatchedUntilItsTaskIsOver() {
    assertThat(between(half, ended).timers())
        .isEqualTo(Map.of(SONAR, Optional.of(NOW.plusSeconds(2))));
    assertThat(between(half, ended).tasks()).isEmpty();
    assertThat(between(ended, over).timers()).isEqualTo(Map.of(SONAR, Optional.empty()));
    assertThat(between(ended, over).tasks()).isEqualTo(Map.of(TASK, Optional.empty()));
    assertThat(types(between(ended, over))).isEmpty();
  }

  @Test
  void anotherTimeForTheNextLookIsTakenForAWatchedRunAlone() {
    Instant again = NOW.plusSeconds(60);

    assertThat(between(launching, launched).looking(SONAR, again).timers())
        .isEqualTo(Map.of(SONAR, Optional.of(again)));
    assertThat(between(ended, over).looking(SONAR, again).timers())
        .isEqualTo(Map.of(SONAR, Optional.empty()));
  }

  @Test
  void nothingIsToldTwice() {
    for (Scan scan : List.of(queued, launching, launched, half, ended, over)) {
      Commit commit = between(scan, scan);
      assertThat(commit.events()).isEmpty();
      assertThat(commit.timers()).isEmpty();
      assertThat(commit.tasks()).isEmpty();
      assertThat(commit.outbox()).isEmpty();
      assertThat(commit.errors()).isEmpty();
    }
  }

  @Test
  void everythingBetweenTwoStatesIsTold() {
    assertThat(types(between(queued, ended))).containsExactly(RUN_ENDED, RUN_ENDED, SCAN_ENDED);
  }

  @Test
  void aScanThatIsRebuiltKeepsItsWebhookId() {
    assertThat(Commit.of(ended, NOW).outbox().getFirst().id())
        .isEqualTo(between(half, ended).outbox().getFirst().id())
        .matches("msg_[A-Za-z0-9_-]{22}");
  }

  @Test
  void eachTenantsScanHasItsOwnWebhookId() {
    Scan other =
        SampleScans.queued(
            new ScanKey(new Tenant("other"), queued.key().id()), SampleScans.full(), NOW);

    assertThat(WebhookId.of(other)).isNotEqualTo(WebhookId.of(queued));
  }

  @Test
  void withoutACallbackNothingGoesToTheOutbox() {
    Scan plain = SampleScans.queued(SampleScans.newKey(), SampleScans.plain(SONAR), NOW);
    Scan failed = SampleScans.failed(plain, SONAR, ErrorCode.TASK_FAILED, NOW);

    assertThat(between(plain, failed).outbox()).isEmpty();
    assertThat(types(between(plain, failed))).containsExactly(RUN_ENDED, SCAN_ENDED);
  }

  private static Commit between(Scan before, Scan after) {
    return Commit.of(new Found.Versioned(before, 1), after, NOW);
  }

  private static List<ScanEvent.Type> types(Commit commit) {
    return commit.events().stream().map(ScanEvent::type).toList();
  }
}
