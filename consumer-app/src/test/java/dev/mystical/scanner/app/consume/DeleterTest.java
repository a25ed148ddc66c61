package dev.mystical.scanner.app.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.app.metrics.Counters;
import dev.mystical.scanner.app.metrics.Counters.Count;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.EntryResult;
import dev.mystical.scanner.domain.queue.InMemoryScanQueue;
import dev.mystical.scanner.domain.queue.LeaseTerms;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.Receipt;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeleterTest {
  private static final Duration VISIBILITY = Duration.ofSeconds(30);

  private final MovableClock clock = new MovableClock();
  private final Counters counters = new Counters();
  private final InFlight inFlight = new InFlight(64, () -> {});
  private final InMemoryScanQueue memory =
      new InMemoryScanQueue(clock, VISIBILITY, Optional.empty());
  private final WatchedQueue queue = new WatchedQueue(memory);
  private final Deleter deleter = new Deleter(queue, inFlight, clock, new Random(1), counters);

  @Test
  void aFewWaitASecondForMore() throws InterruptedException {
    finish(hold(3));

    deleter.turn();
    assertThat(queue.deletes()).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    deleter.turn();

    assertThat(queue.deletes()).hasSize(1);
    assertThat(memory.messages()).isEmpty();
    assertThat(inFlight.taken()).isZero();
  }

  @Test
  void aFullBatchLeavesAtOnceAndTheRestWaits() throws InterruptedException {
    finish(hold(23));

    deleter.turn();

    assertThat(queue.deletes()).extracting(List::size).containsExactly(10, 10);
    assertThat(memory.messages()).hasSize(3);
    assertThat(counters.get(Count.MESSAGES_DELETED)).isEqualTo(20);
  }

  @Test
  void nothingIsDeletedThatNobodyFinished() throws InterruptedException {
    List<Delivery> held = hold(10);
    inFlight.giveBack(held.getFirst().id(), clock.instant(), Duration.ZERO);
    clock.advance(Duration.ofSeconds(10));

    deleter.turn();
    deleter.flush(clock.instant().plusSeconds(5));

    assertThat(queue.deletes()).isEmpty();
  }

  @Test
  void onlyTheEntriesThatFailedAreTriedAgain() throws InterruptedException {
    List<Delivery> held = hold(10);
    finish(held);
    queue.onDelete(receipts ->
        IntStream.range(0, receipts.size())
            .mapToObj(i ->
                i == 2 || i == 6
                    ? new EntryResult.Failed("internal")
                    : one(memory, receipts.get(i)))
            .toList());
    deleter.turn();
    queue.onDelete(memory::delete);
    assertThat(memory.messages()).containsExactly(held.get(2).id(), held.get(6).id());

    deleter.turn();
    assertThat(queue.deletes()).as("not at once").hasSize(1);
    clock.advance(Duration.ofSeconds(2));
    deleter.turn();

    assertThat(queue.deletes().getLast())
        .containsExactly(held.get(2).receipt(), held.get(6).receipt());
    assertThat(memory.messages()).isEmpty();
    assertThat(inFlight.taken()).isZero();
    assertThat(counters.get(Count.DELETES_FAILED)).isEqualTo(2);
  }

  @Test
  void aReceiptThatIsWorthNothingFreesItsSeat() throws InterruptedException {
    List<Delivery> held = hold(1);
    clock.advance(VISIBILITY);
    memory.receive(1);
    finish(held);
    try (LogLines log = LogLines.of(Deleter.class)) {
      clock.advance(Duration.ofSeconds(1));
      deleter.turn();

      assertThat(log.lines())
          .anySatisfy(line ->
              assertThat(line)
                  .startsWith("WARN event=delete-too-late messageId=" + held.getFirst().id()));
    }
    assertThat(inFlight.taken()).isZero();
    assertThat(memory.messages()).hasSize(1);
    assertThat(counters.get(Count.MESSAGES_DELETED)).isZero();
  }

  @Test
  void aCallThatFailsAsAWholeIsRepeatedWithGrowingDelays() throws InterruptedException {
    finish(hold(10));
    memory.failNext(3);

    for (int second = 0; second < 20; second++) {
      deleter.turn();
      clock.advance(Duration.ofSeconds(1));
    }

    assertThat(queue.deletes()).hasSize(4);
    assertThat(memory.messages()).isEmpty();
    assertThat(inFlight.taken()).isZero();
  }

  @Test
  void aDeleteThatWasDoneButNotAnsweredIsRepeatedInVain() throws InterruptedException {
    finish(hold(10));
    memory.executeThenFail(1);

    deleter.turn();
    clock.advance(Duration.ofSeconds(2));
    deleter.turn();

    assertThat(memory.messages()).isEmpty();
    assertThat(inFlight.taken()).isZero();
  }

  /** A turn of many timeouts once looked like a stuck loop. */
  @Test
  void aQueueThatDoesNotAnswerIsAskedOnceATurn() throws InterruptedException {
    finish(hold(30));
    memory.failNext(1);

    deleter.turn();
    assertThat(queue.deletes()).hasSize(1);
    deleter.turn();

    assertThat(queue.deletes()).hasSize(3);
    assertThat(memory.messages()).hasSize(10);
  }

  @Test
  void aMessageLostWhileItWaitedIsLeftToTheQueue() throws InterruptedException {
    List<Delivery> held = hold(1);
    finish(held);
    inFlight.lost(held.getFirst().receipt());
    clock.advance(Duration.ofSeconds(1));

    deleter.turn();

    assertThat(queue.deletes()).isEmpty();
    assertThat(memory.messages()).hasSize(1);
  }

  @Test
  void aMessageReceivedAgainWhileItsDeleteIsUnderWayIsDeletedByItsNewReceipt()
      throws InterruptedException {
    Delivery first = hold(1).getFirst();
    finish(List.of(first));
    clock.advance(Duration.ofSeconds(1));
    queue.onDelete(receipts -> {
      if (receipts.contains(first.receipt())) {
        memory.deliverAgain(first.id());
        inFlight.take(memory.receive(1).getFirst(), new LeaseTerms(VISIBILITY), clock.instant());
      }
      return memory.delete(receipts);
    });

    deleter.turn();

    assertThat(queue.deletes()).hasSize(2);
    assertThat(memory.messages()).isEmpty();
    assertThat(inFlight.taken()).isZero();
  }

  @Test
  void theLastTurnWaitsForNoBatchAndNoNextTry() throws InterruptedException {
    for (int buffered = 1; buffered <= 9; buffered++) {
      finish(hold(buffered));
      clock.advance(Duration.ofSeconds(1));
      memory.failNext(1);
      deleter.turn();

      deleter.flush(clock.instant().plusSeconds(5));

      assertThat(memory.messages()).as("of %d", buffered).isEmpty();
      assertThat(inFlight.taken()).isZero();
    }
  }

  @Test
  void theLastTurnGivesUpAfterAFewTriesAndAtItsDeadline() throws InterruptedException {
    finish(hold(3));
    deleter.flush(clock.instant());
    assertThat(queue.deletes()).isEmpty();
    memory.failNext(100);

    deleter.flush(clock.instant().plusSeconds(5));

    assertThat(queue.deletes()).hasSize(3);
    assertThat(inFlight.taken()).isEqualTo(3);
  }

  @Test
  void aScanWithAnOpenRunProvesNothing() {
    Scan scan =
        SampleScans.queued(
            SampleScans.newKey(),
            SampleScans.plain(SampleScans.SONAR, SampleScans.MYSTICAL),
            clock.instant());
    Scan half =
        SampleScans.launched(scan, SampleScans.SONAR, new TaskArn("arn:task/1"), clock.instant());
    Scan both =
        SampleScans.launched(
            half, SampleScans.MYSTICAL, new TaskArn("arn:task/2"), clock.instant());

    assertThatThrownBy(() -> new Finished.Launched(scan)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new Finished.Launched(half)).isInstanceOf(IllegalStateException.class);
    assertThat(new Finished.Launched(both).scan()).isEqualTo(both);
  }

  @Test
  void anotherMessagesRefusalProvesNothing() throws InterruptedException {
    Delivery held = hold(1).getFirst();

    assertThatThrownBy(
            () -> deleter.accept(held.id(), new Finished.Refused(new MessageId("another"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(inFlight.busyDeleting()).isFalse();
  }

  private List<Delivery> hold(int messages) throws InterruptedException {
    inFlight.reserve(messages, Duration.ZERO, Duration.ZERO);
    for (int i = 0; i < messages; i++) {
      memory.send("body", Map.of());
    }
    List<Delivery> held = new ArrayList<>();
    while (held.size() < messages) {
      held.addAll(memory.receive(10));
    }
    held.forEach(it -> inFlight.take(it, new LeaseTerms(VISIBILITY), clock.instant()));
    return held;
  }

  private void finish(List<Delivery> messages) {
    messages.forEach(it -> deleter.accept(it.id(), new Finished.Refused(it.id())));
  }

  private static EntryResult one(InMemoryScanQueue queue, Receipt receipt) {
    try {
      return queue.delete(List.of(receipt)).getFirst();
    } catch (InterruptedException stop) {
      throw new AssertionError(stop);
    }
  }
}
