package dev.mystical.scanner.app.consume;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.app.reconcile.Reconciler;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.launch.InMemoryEcs;
import dev.mystical.scanner.domain.launch.InMemoryTask;
import dev.mystical.scanner.domain.launch.LaunchOutcome;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.launch.Trouble;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.OutboxEntry;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.StopReason;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of scans when the ledger loses all it had. */
class RebirthTest {
  private static final ScanKey KEY = new ScanKey(Tenant.DEFAULT, new ScanId("scan-1"));
  private static final ScanKey ACMES = new ScanKey(new Tenant("acme"), new ScanId("scan-1"));

  private final RebirthBench bench;

  RebirthTest() throws InterruptedException {
    bench = new RebirthBench(Optional.of(RebirthBench.KEY));
  }

  static List<Optional<TokenKey>> sealedAndUnsealed() {
    return List.of(Optional.of(RebirthBench.KEY), Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("sealedAndUnsealed")
  void aLaunchedScanIsRebuiltAndLaunchedNoSecondTime(Optional<TokenKey> key)
      throws InterruptedException {
    RebirthBench any = new RebirthBench(key);
    Delivery message = any.message(KEY, SampleScans.full());
    any.work(message);
    final Scan before = any.scan(KEY);
    any.turns.lose();

    assertThat(any.work(message)).isInstanceOf(Finished.Launched.class);

    assertThat(any.ecs.calls()).hasSize(2);
    assertThat(any.scan(KEY).request()).isEqualTo(before.request());
    assertThat(any.scan(KEY).digest()).isEqualTo(before.digest());
    for (ProviderId provider : List.of(SONAR, MYSTICAL)) {
      assertThat(any.scan(KEY).run(provider).status()).isEqualTo(RunStatus.PROVISIONING);
      assertThat(any.scan(KEY).run(provider).required()).isEqualTo(before.run(provider).required());
      assertThat(any.task(KEY, provider))
          .isEqualTo(before.run(provider).attempts().getLast().task().orElseThrow());
    }
  }

  @ParameterizedTest
  @MethodSource("sealedAndUnsealed")
  void aSecondPlacementUnderWayIsLaunchedNoSecondTime(Optional<TokenKey> key)
      throws InterruptedException {
    RebirthBench any = new RebirthBench(key);
    Delivery message = any.message(KEY, SampleScans.plain(SONAR));
    any.ecs.answerNext(new LaunchOutcome.NoCapacity(Trouble.of("Capacity is unavailable")));
    any.work(message);
    assertThat(any.scan(KEY).run(SONAR).attempts().getLast().placement()).isEqualTo(1);
    any.clock.advance(Duration.ofMinutes(1));
    any.turns.lose();

    any.work(message);

    assertThat(any.ecs.tasks()).hasSize(1);
    assertThat(any.task(KEY, SONAR)).isEqualTo(any.ecs.tasks().getFirst().arn());
  }

  @ParameterizedTest
  @MethodSource("sealedAndUnsealed")
  void aSecondAttemptUnderWayIsLaunchedNoSecondTime(Optional<TokenKey> key)
      throws InterruptedException {
    RebirthBench any = new RebirthBench(key);
    Delivery message = any.message(KEY, SampleScans.plain(SONAR));
    any.work(message);
    any.ecs.ends(any.task(KEY, SONAR), "TaskFailedToStart", "no room");
    any.fail(KEY, SONAR);
    any.relaunch(KEY, SONAR);
    any.clock.advance(Duration.ofMinutes(1));
    any.turns.lose();

    any.work(message);

    assertThat(any.ecs.tasks()).hasSize(2);
    assertThat(any.scan(KEY).run(SONAR).attempts())
        .extracting(Attempt::number)
        .containsExactly(1, 2);
    assertThat(any.task(KEY, SONAR)).isEqualTo(any.ecs.tasks().getLast().arn());
    assertThat(any.scan(KEY).run(SONAR).status()).isEqualTo(RunStatus.PROVISIONING);
  }

  /** A message alone would begin with the first attempt, under another token. */
  @Test
  void aTaskThatDoesNotShowYetIsFoundByTheSecondLook() throws InterruptedException {
    Delivery message = bench.message(KEY, SampleScans.plain(SONAR));
    bench.work(message);
    bench.ecs.forgets(bench.task(KEY, SONAR));
    bench.fail(KEY, SONAR);
    bench.relaunch(KEY, SONAR);
    bench.turns.lose();

    bench.work(message);

    assertThat(bench.ecs.tasks()).hasSize(2);
    assertThat(bench.scan(KEY).run(SONAR).attempts())
        .extracting(Attempt::number)
        .containsExactly(2);
  }

  @Test
  void anEmptyLedgerThatNeverWasAnythingElseIsInDoubtForOneLookOnly() throws InterruptedException {
    bench.turns.lose();
    Reconciler fresh = bench.reconciler();
    Instant before = bench.clock.instant();

    fresh.turn();

    assertThat(Duration.between(before, bench.clock.instant())).isLessThan(Reconciler.SECOND_LOOK);
    assertThat(bench.ledger.load(KEY).doubtfulBefore()).isEqualTo(Instant.EPOCH);
    assertThat(bench.feed.events()).isEmpty();
  }

  @Test
  void aMessageWhoseScanHadNoTaskBeginsOnceAllIsRebuilt() throws InterruptedException {
    Delivery message = bench.message(KEY, SampleScans.plain(SONAR));
    bench.turns.lose();

    bench.work(message);

    assertThat(bench.ledger.load(KEY).doubtfulBefore()).isEqualTo(Instant.EPOCH);
    assertThat(bench.ecs.tasks()).hasSize(1);
  }

  @Test
  void poisonTakesNoPlaceOfAScanThatIsAboutToBeRebuilt() throws InterruptedException {
    bench.work(bench.message(KEY, SampleScans.plain(SONAR)));
    Delivery poison = bench.message("{\"scanId\":\"scan-1\"}");
    bench.turns.lose();

    assertThat(bench.work(poison)).isInstanceOf(Finished.Refused.class);

    assertThat(bench.scan(KEY).run(SONAR).status()).isEqualTo(RunStatus.PROVISIONING);
  }

  @ParameterizedTest
  @MethodSource("sealedAndUnsealed")
  void anotherRequestUnderTheSameIdStaysPoison(Optional<TokenKey> key) throws InterruptedException {
    RebirthBench any = new RebirthBench(key);
    Delivery first = any.message(KEY, SampleScans.plain(SONAR));
    Delivery second = any.message(KEY, SampleScans.full());
    any.work(first);
    any.turns.lose();

    assertThat(any.work(second)).isInstanceOf(Finished.Refused.class);
    assertThat(any.work(first)).isInstanceOf(Finished.Launched.class);
    assertThat(any.work(second)).isInstanceOf(Finished.Refused.class);

    assertThat(any.ecs.tasks()).hasSize(1);
    assertThat(any.scan(KEY).request()).isEqualTo(SampleScans.plain(SONAR));
  }

  @Test
  void aScanThatIsOtherwiseLostEndsAsItShould() throws InterruptedException {
    bench.work(bench.message(ACMES, SampleScans.full()));
    TaskArn sonar = bench.task(ACMES, SONAR);
    bench.ecs.runs(bench.task(ACMES, MYSTICAL));
    bench.ecs.exits(sonar, 0);
    bench.turns.lose();
    reconcile();

    bench.supervise(ACMES, SONAR);
    bench.supervise(ACMES, MYSTICAL);

    assertThat(bench.scan(ACMES).run(SONAR).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(bench.scan(ACMES).run(MYSTICAL).status()).isEqualTo(RunStatus.RUNNING);
    bench.ecs.exits(bench.task(ACMES, MYSTICAL), 1);
    bench.supervise(ACMES, MYSTICAL);
    assertThat(bench.scan(ACMES).status()).isEqualTo(ScanStatus.PARTIAL);
    assertThat(bench.ledger.outbox())
        .extracting(OutboxEntry::url)
        .containsExactly(SampleScans.CALLBACK);
  }

  @Test
  void aScanThatHadEndedIsToldAgainUnderTheSameId() throws InterruptedException {
    bench.work(bench.message(ACMES, SampleScans.full()));
    for (ProviderId provider : List.of(SONAR, MYSTICAL)) {
      bench.ecs.exits(bench.task(ACMES, provider), 0);
      settle(provider);
    }
    List<String> told = webhooks();
    assertThat(told).hasSize(1);
    bench.turns.lose();
    reconcile();
    settle(SONAR);
    settle(MYSTICAL);

    assertThat(bench.scan(ACMES).status()).isEqualTo(ScanStatus.SUCCEEDED);
    assertThat(webhooks()).isEqualTo(told);
  }

  @Test
  void aCancelledScanEndsCancelledAgain() throws InterruptedException {
    bench.work(bench.message(ACMES, SampleScans.plain(SONAR)));
    bench.ecs.stopAtOnce();
    Found.Versioned at = (Found.Versioned) bench.entry(ACMES);
    bench.ledger.commit(
        Commit.of(at, at.scan().cancelled(bench.clock.instant()), bench.clock.instant()));
    bench.clock.advance(Duration.ofSeconds(10));
    bench.supervise(ACMES, SONAR);
    bench.turns.lose();
    reconcile();

    bench.supervise(ACMES, SONAR);

    assertThat(bench.scan(ACMES).status()).isEqualTo(ScanStatus.CANCELLED);
  }

  @Test
  void aRetriedScanKeepsItsSeries() throws InterruptedException {
    bench.work(bench.message(ACMES, SampleScans.full()));
    bench.ecs.exits(bench.task(ACMES, SONAR), 1);
    bench.ecs.exits(bench.task(ACMES, MYSTICAL), 0);
    settle(SONAR);
    settle(MYSTICAL);
    Found.Versioned at = (Found.Versioned) bench.entry(ACMES);
    bench.ledger.commit(
        Commit.of(at, at.scan().retried(bench.clock.instant()), bench.clock.instant()));
    bench.relaunch(ACMES, SONAR);
    bench.turns.lose();
    reconcile();

    assertThat(bench.scan(ACMES).series()).isEqualTo(1);
    assertThat(bench.scan(ACMES).run(SONAR).series())
        .extracting(Attempt::number)
        .containsExactly(2);
  }

  @Test
  void tasksThatAreNotOursAreLeftAlone() throws InterruptedException {
    bench.work(bench.message(KEY, SampleScans.plain(SONAR)));
    InMemoryTask ours = bench.ecs.tasks().getFirst();
    bench.ecs.launch(Foreign.named(ours.request(), "ops"));
    bench.ecs.launch(Foreign.named(ours.request(), "scan/scan-1/mystical"));
    bench.ecs.launch(Foreign.tagged(ours.request(), "scan:id", "scan-2"));
    bench.ecs.launch(Foreign.untagged(ours.request()));
    bench.turns.lose();
    reconcile();

    assertThat(bench.ecs.stopCalls()).isEmpty();
    assertThat(bench.scan(KEY).runs()).hasSize(1);
    assertThat(bench.task(KEY, SONAR)).isEqualTo(ours.arn());
  }

  @Test
  void aTaskThatClaimsAnotherTenantWithoutProofIsStopped() throws InterruptedException {
    bench.work(bench.message(ACMES, SampleScans.plain(SONAR)));
    InMemoryTask genuine = bench.ecs.tasks().getFirst();
    bench.ecs.launch(Foreign.unsealed(genuine.request()));
    bench.ecs.forgets(genuine.arn());
    bench.turns.lose();
    reconcile();

    assertThat(bench.entry(ACMES)).isInstanceOf(Found.Absent.class);
    assertThat(bench.ecs.stopCalls())
        .containsExactly(
            new InMemoryEcs.StopTask(
                bench.ecs.tasks().getLast().arn(), StopReason.LEFT_OVER.text()));
    assertThat(bench.feed.events()).extracting(ErrorEvent::code).contains(ErrorCode.INTERNAL);
  }

  @Test
  void aTaskOfAnEndedScanThatNobodyKnowsOfIsStopped() throws InterruptedException {
    bench.work(bench.message(KEY, SampleScans.plain(SONAR)));
    bench.ecs.exits(bench.task(KEY, SONAR), 0);
    bench.clock.advance(Duration.ofSeconds(5));
    bench.supervise(KEY, SONAR);
    InMemoryTask task = bench.ecs.tasks().getFirst();
    bench.ecs.launch(Foreign.again(task.request()));
    bench.clock.advance(Duration.ofMinutes(6));

    bench.reconciler.turn();

    assertThat(bench.scan(KEY).status()).isEqualTo(ScanStatus.SUCCEEDED);
    assertThat(bench.ecs.stopCalls())
        .extracting(InMemoryEcs.StopTask::task)
        .containsExactly(bench.ecs.tasks().getLast().arn());
    assertThat(bench.feed.events())
        .singleElement()
        .satisfies(event -> assertThat(event.code()).isEqualTo(ErrorCode.INTERNAL));
  }

  private void reconcile() throws InterruptedException {
    bench.clock.advance(Duration.ofSeconds(5));
    bench.reconciler.turn();
  }

  /** The run's task is looked at twice: it ends, and what is left of it is seen to have ended. */
  private void settle(ProviderId provider) throws InterruptedException {
    bench.clock.advance(Duration.ofSeconds(5));
    bench.supervise(ACMES, provider);
  }

  private List<String> webhooks() {
    return bench.ledger.outbox().stream().map(OutboxEntry::id).toList();
  }
}
