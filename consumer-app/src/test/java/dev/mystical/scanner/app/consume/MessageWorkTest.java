package dev.mystical.scanner.app.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.app.health.HealthBoard.Dependency;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.queue.InMemoryDeadLetters;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import org.junit.jupiter.api.Test;

class MessageWorkTest {
  private static final String POISON = "s-1 nonsense";
  private static final Finished REFUSED = new Finished.Refused(LaunchBench.MESSAGE);

  private final LaunchBench bench = new LaunchBench();

  @Test
  void poisonIsCopiedToldSettledAndNotLaunched() throws InterruptedException {
    try (LogLines log = LogLines.of(MessageWork.class)) {
      assertThat(bench.work(POISON)).isEqualTo(REFUSED);

      assertThat(log.lines())
          .containsExactly("WARN event=refused messageId=message-1 code=MESSAGE_INVALID");
    }
    assertThat(bench.deadLetters.copies())
        .containsExactly(
            new InMemoryDeadLetters.Copied(bench.delivery(POISON), ErrorCode.MESSAGE_INVALID));
    assertThat(bench.errors())
        .extracting(ErrorEvent::code)
        .containsExactly(ErrorCode.MESSAGE_INVALID);
    assertThat(entry("s-1")).isInstanceOf(Found.Refused.class);
    assertThat(bench.ecs.calls()).isEmpty();
  }

  @Test
  void poisonThatComesAgainIsDeletedAndNothingElse() throws InterruptedException {
    bench.work(POISON);

    assertThat(bench.work(POISON)).isEqualTo(REFUSED);

    assertThat(bench.deadLetters.copies()).hasSize(1);
    assertThat(bench.errors()).hasSize(1);
  }

  @Test
  void anOutageAtAnyCallSettlesPoisonOnce() throws InterruptedException {
    for (int call = 1; call <= 3; call++) {
      LaunchBench failing = new LaunchBench();
      failing.outside.failCall(call);
      assertSettlesOnce(failing);
      LaunchBench silent = new LaunchBench();
      silent.outside.loseAnswer(call);
      assertSettlesOnce(silent);
    }
  }

  private static void assertSettlesOnce(LaunchBench failing) throws InterruptedException {
    assertThat(failing.work(POISON)).isEqualTo(REFUSED);
    assertThat(failing.deadLetters.copies()).hasSize(1);
    assertThat(failing.ledger.errors()).hasSize(1);
  }

  /** Each try once made another copy. */
  @Test
  void aLedgerThatOnlyReadsCostsOneCopy() throws InterruptedException {
    bench.outside.readOnly(true);
    bench.stop.duringWait(number -> bench.outside.readOnly(number < 50));

    assertThat(bench.work(POISON)).isEqualTo(REFUSED);

    assertThat(bench.stop.waits()).isGreaterThanOrEqualTo(50);
    assertThat(bench.deadLetters.copies()).hasSize(1);
    assertThat(bench.ledger.errors()).hasSize(1);
  }

  @Test
  void anAbsentDeadLetterQueueIsWaitedFor() throws InterruptedException {
    bench.deadLetters.failNext(3);

    assertThat(bench.work(POISON)).isEqualTo(REFUSED);

    assertThat(bench.deadLetters.copies()).hasSize(1);
    assertThat(bench.feed.events())
        .extracting(ErrorEvent::code)
        .containsExactly(ErrorCode.SQS_UNAVAILABLE);
    assertThat(bench.ledger.errors()).hasSize(1);
    assertThat(bench.health.isUnwell(Dependency.REDIS)).isFalse();
  }

  @Test
  void poisonIsNotSettledWhileItCannotBeCopied() throws InterruptedException {
    bench.deadLetters.failNext(100);
    bench.stop.duringWait(number -> {
      if (number == 20) {
        bench.stop.ask();
      }
    });

    assertThatThrownBy(() -> bench.work(POISON)).isInstanceOf(Custody.Ended.class);

    assertThat(bench.ledger.errors()).isEmpty();
    assertThat(bench.outside.calls()).doesNotContain("settle");
  }

  @Test
  void whereThereIsNoDeadLetterQueueTheErrorKeepsTheBody() throws InterruptedException {
    LaunchBench without =
        new LaunchBench(InMemoryDeadLetters.absent(), new Placement.ClusterDefault());

    assertThat(without.work(POISON)).isEqualTo(REFUSED);

    assertThat(without.ledger.errors())
        .singleElement()
        .extracting(ErrorEvent::message)
        .asString()
        .contains("body: " + POISON);
  }

  @Test
  void anotherRequestUnderTheSameIdIsPoisonAndTheFirstStands() throws InterruptedException {
    bench.work("s-1 sonar");

    assertThat(bench.work("s-1 sonar mystical")).isEqualTo(REFUSED);

    assertThat(bench.ecs.tasks()).hasSize(1);
    assertThat(bench.scan("s-1").runs()).hasSize(1);
    assertThat(bench.deadLetters.copies()).hasSize(1);
  }

  @Test
  void aMessageWithoutAnIdIsNamedAfterItself() throws InterruptedException {
    assertThat(bench.work(" sonar")).isInstanceOf(Finished.Launched.class);

    assertThat(bench.scan("message-1").settled()).isTrue();
  }

  @Test
  void aMessageIsHeldWhileItIsInDoubtWhatTheLedgerLost() throws InterruptedException {
    bench.ledger.lose();
    bench.stop.duringWait(number -> {
      assertThat(bench.ecs.calls()).isEmpty();
      if (number == 5) {
        bench.ledger.reconciled();
      }
    });

    try (LogLines log = LogLines.of(MessageWork.class)) {
      assertThat(bench.work("s-1 sonar")).isInstanceOf(Finished.Launched.class);

      assertThat(log.lines()).containsExactly("INFO event=ledger-in-doubt messageId=message-1");
    }
    assertThat(bench.ecs.tasks()).hasSize(1);
  }

  @Test
  void aMessageThatIsHeldInDoubtIsGivenBackWhenTheProcessStops() throws InterruptedException {
    bench.ledger.lose();
    bench.stop.duringWait(number -> {
      if (number == 5) {
        bench.stop.ask();
      }
    });

    assertThatThrownBy(() -> bench.work(POISON)).isInstanceOf(Custody.Ended.class);

    assertThat(bench.ledger.errors()).isEmpty();
    assertThat(bench.deadLetters.copies()).isEmpty();
  }

  @Test
  void anAbsentLedgerIsToldShownAndWaitedFor() throws InterruptedException {
    bench.ledger.failNext(20);
    boolean[] shown = new boolean[1];
    bench.stop.duringWait(number -> shown[0] |= bench.health.isUnwell(Dependency.REDIS));

    assertThat(bench.work("s-1 sonar")).isInstanceOf(Finished.Launched.class);

    assertThat(shown[0]).isTrue();
    assertThat(bench.health.isUnwell(Dependency.REDIS)).isFalse();
    assertThat(bench.errors())
        .extracting(ErrorEvent::code)
        .containsOnly(ErrorCode.REDIS_UNAVAILABLE);
    assertThat(bench.stop.waits()).isGreaterThanOrEqualTo(20);
  }

  @Test
  void aWorkerWithoutALeaseDoesNothing() {
    bench.held = false;

    assertThatThrownBy(() -> bench.work("s-1 sonar")).isInstanceOf(Custody.Ended.class);

    assertThat(bench.outside.calls()).isEmpty();
  }

  private Found.Entry entry(String id) throws InterruptedException {
    return bench.ledger.load(new ScanKey(Tenant.DEFAULT, new ScanId(id))).entry();
  }
}
