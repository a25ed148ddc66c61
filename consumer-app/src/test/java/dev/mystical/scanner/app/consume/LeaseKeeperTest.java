package dev.mystical.scanner.app.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.app.metrics.Counters;
import dev.mystical.scanner.app.metrics.Counters.Count;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.EntryResult;
import dev.mystical.scanner.domain.queue.InMemoryDeadLetters;
import dev.mystical.scanner.domain.queue.InMemoryScanQueue;
import dev.mystical.scanner.domain.queue.LeaseTerms;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeaseKeeperTest {
  private static final Duration VISIBILITY = Duration.ofSeconds(30);

  private final MovableClock clock = new MovableClock();
  private final Counters counters = new Counters();
  private final InFlight inFlight = new InFlight(64, () -> {});
  private final QueueTerms terms = new QueueTerms(name -> InMemoryDeadLetters.absent());
  private InMemoryScanQueue memory = new InMemoryScanQueue(clock, VISIBILITY, Optional.empty());
  private WatchedQueue queue = new WatchedQueue(memory);
  private LeaseKeeper keeper = new LeaseKeeper(queue, inFlight, terms, clock, counters);

  @Test
  void renewsAtHalfTheVisibilityAndNotBefore() throws InterruptedException {
    MessageId id = hold(1).getFirst().id();

    after(Duration.ofMillis(14_999));
    assertThat(queue.extensions()).isEmpty();
    after(Duration.ofMillis(1));

    assertThat(queue.extensions()).hasSize(1);
    assertThat(memory.visibleAt(id)).contains(clock.instant().plus(VISIBILITY));
  }

  @Test
  void keepsLeasesForHoursWithOneCallForTenMessagesAndHalfAVisibility()
      throws InterruptedException {
    List<Delivery> held = hold(10);

    turnFor(Duration.ofHours(1), Duration.ofSeconds(1));

    assertThat(queue.extensions()).hasSizeBetween(230, 250);
    assertThat(held).allSatisfy(it -> assertThat(inFlight.holds(it.id())).isTrue());
    assertThat(memory.receive(10)).isEmpty();
  }

  @Test
  void renewsInBatchesOfTen() throws InterruptedException {
    hold(25);

    after(Duration.ofSeconds(15));

    assertThat(queue.extensions())
        .extracting(call -> call.receipts().size())
        .containsExactly(10, 10, 5);
    assertThat(counters.get(Count.LEASES_RENEWED)).isEqualTo(25);
  }

  @Test
  void eachResultBelongsToTheEntryInItsPlace() throws InterruptedException {
    List<Delivery> held = hold(10);
    queue.onExtend(receipts ->
        IntStream.range(0, receipts.size())
            .<EntryResult>mapToObj(i ->
                switch (i) {
                  case 3 -> new EntryResult.Gone("not in flight");
                  case 7 -> new EntryResult.Failed("internal");
                  default -> new EntryResult.Done();
                })
            .toList());
    try (LogLines log = LogLines.of(LeaseKeeper.class)) {
      after(Duration.ofSeconds(15));

      for (int i = 0; i < 10; i++) {
        assertThat(inFlight.holds(held.get(i).id())).as("message %d", i).isEqualTo(i != 3);
      }
      assertThat(log.lines())
          .containsExactly(
              "WARN event=lease-lost messageId=" + held.get(3).id() + " reason=\"not in flight\"",
              "WARN event=renewal-failed messageId=" + held.get(7).id() + " reason=\"internal\"");
    }
    queue.onExtend(receipts -> memory.extend(receipts, VISIBILITY));
    after(Duration.ofSeconds(4));
    assertThat(queue.extensions().getLast().receipts()).containsExactly(held.get(7).receipt());
    assertThat(counters.get(Count.LEASES_LOST)).isEqualTo(1);
  }

  @Test
  void aCallThatFailsAsAWholeIsRepeatedWhileTheLeaseLasts() throws InterruptedException {
    MessageId id = hold(1).getFirst().id();
    memory.failNext(2);

    turnFor(Duration.ofSeconds(29), Duration.ofSeconds(1));

    assertThat(queue.extensions()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(inFlight.holds(id)).isTrue();
    assertThat(memory.receive(1)).isEmpty();
  }

  /** A turn of many timeouts once looked like a stuck loop. */
  @Test
  void aQueueThatDoesNotAnswerIsAskedOnceATurn() throws InterruptedException {
    hold(30);
    memory.failNext(1);
    clock.advance(Duration.ofSeconds(15));

    Duration rest = keeper.turn();
    assertThat(queue.extensions()).hasSize(1);
    assertThat(rest).isLessThanOrEqualTo(Duration.ZERO);
    keeper.turn();

    assertThat(inFlight.renewable(clock.instant())).isEmpty();
  }

  @Test
  void aLeaseThatRunsOutIsLost() throws InterruptedException {
    MessageId id = hold(1).getFirst().id();
    queue.onExtend(receipts -> List.of(new EntryResult.Failed("internal")));

    turnFor(VISIBILITY, Duration.ofSeconds(1));

    assertThat(inFlight.holds(id)).isFalse();
    assertThat(inFlight.taken()).as("until its worker notices").isEqualTo(1);
  }

  @Test
  void neverRenewsPastTwelveHoursFromTheReceive() throws InterruptedException {
    MessageId id = hold(1).getFirst().id();

    turnFor(LeaseTerms.LONGEST.minus(VISIBILITY), Duration.ofSeconds(5));
    assertThat(inFlight.holds(id)).isTrue();
    int renewals = queue.extensions().size();
    turnFor(Duration.ofSeconds(61), Duration.ofSeconds(1));

    assertThat(queue.extensions()).hasSize(renewals);
    assertThat(inFlight.holds(id)).isFalse();
  }

  @Test
  void givesBackInBatchesForTheSameTime() throws InterruptedException {
    List<Delivery> held = hold(13);
    held.subList(0, 12).forEach(it -> inFlight.giveBack(it.id(), clock.instant(), Duration.ZERO));
    inFlight.giveBack(held.get(12).id(), clock.instant(), Duration.ofSeconds(40));

    keeper.turn();

    assertThat(queue.extensions())
        .extracting(WatchedQueue.Extension::visibility)
        .containsExactly(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(40));
    assertThat(inFlight.taken()).isZero();
    assertThat(memory.receive(10)).hasSize(10);
    assertThat(counters.get(Count.MESSAGES_RETURNED)).isEqualTo(13);
  }

  @Test
  void aRenewalUnderWayUndoesNoReturn() throws InterruptedException {
    MessageId id = hold(1).getFirst().id();
    queue.onExtend(receipts -> {
      if (inFlight.holds(id) && !inFlight.busyReturning()) {
        inFlight.giveBack(id, clock.instant(), Duration.ZERO);
      }
      return memory.extend(receipts, queue.extensions().getLast().visibility());
    });
    clock.advance(Duration.ofSeconds(15));

    assertThat(keeper.turn()).isEqualTo(Duration.ZERO);
    keeper.turn();

    assertThat(memory.receive(1)).hasSize(1);
    assertThat(inFlight.taken()).isZero();
  }

  @Test
  void whatCannotBeGivenBackLeavesItsSeat() throws InterruptedException {
    MessageId id = hold(1).getFirst().id();
    inFlight.giveBack(id, clock.instant(), Duration.ZERO);
    memory.failNext(1);
    try (LogLines log = LogLines.of(LeaseKeeper.class)) {
      keeper.turn();

      assertThat(log.lines()).singleElement().asString().contains("event=return-failed messages=1");
    }
    assertThat(inFlight.taken()).isZero();
  }

  /** Its seat was freed, so that the last turn had nothing to give back. */
  @Test
  void aReturnThatIsCutOffIsMadeByTheLastTurn() throws InterruptedException {
    MessageId id = hold(1).getFirst().id();
    inFlight.giveBack(id, clock.instant(), Duration.ZERO);
    Thread.currentThread().interrupt();
    assertThatThrownBy(keeper::turn).isInstanceOf(InterruptedException.class);

    keeper.flush(clock.instant().plusSeconds(5));

    assertThat(memory.receive(1)).hasSize(1);
    assertThat(inFlight.taken()).isZero();
  }

  @Test
  void theLastTurnRenewsNothingAndEndsAtItsDeadline() throws InterruptedException {
    List<Delivery> held = hold(2);
    inFlight.giveBack(held.getFirst().id(), clock.instant(), Duration.ZERO);
    clock.advance(Duration.ofSeconds(20));

    keeper.flush(clock.instant());
    assertThat(queue.extensions()).isEmpty();
    keeper.flush(clock.instant().plusSeconds(1));

    assertThat(queue.extensions()).hasSize(1);
    assertThat(inFlight.ids()).containsExactly(held.get(1).id());
  }

  @Test
  void renewsOnAfterWhateverACallThrew() throws InterruptedException {
    MessageId id = hold(1).getFirst().id();
    queue.onExtend(receipts -> {
      throw new IllegalStateException("a bug of the adapter");
    });
    clock.advance(Duration.ofSeconds(15));
    assertThatThrownBy(keeper::turn).isInstanceOf(IllegalStateException.class);

    queue.onExtend(receipts -> memory.extend(receipts, VISIBILITY));
    keeper.turn();

    assertThat(inFlight.nextRenewal()).isEqualTo(clock.instant().plusSeconds(15));
    assertThat(inFlight.holds(id)).isTrue();
  }

  @Test
  void keepsLeasesOfOneSecond() throws InterruptedException {
    keepsShortLeases(Duration.ofSeconds(1));
  }

  @Test
  void keepsLeasesOfTwoSeconds() throws InterruptedException {
    keepsShortLeases(Duration.ofSeconds(2));
  }

  @Test
  void restsNoLongerThanToTheNextRenewal() throws InterruptedException {
    assertThat(keeper.turn()).isEqualTo(Duration.ofSeconds(5));
    hold(1);
    assertThat(keeper.turn()).isEqualTo(Duration.ofSeconds(5));
    clock.advance(Duration.ofSeconds(12));
    assertThat(keeper.turn()).isEqualTo(Duration.ofSeconds(3));
  }

  private void keepsShortLeases(Duration visibility) throws InterruptedException {
    memory = new InMemoryScanQueue(clock, visibility, Optional.empty());
    queue = new WatchedQueue(memory);
    keeper = new LeaseKeeper(queue, inFlight, terms, clock, counters);
    MessageId id = hold(1).getFirst().id();

    for (int i = 0; i < 100; i++) {
      Duration rest = keeper.turn();
      clock.advance(rest.plusMillis(20));
    }

    assertThat(inFlight.holds(id)).isTrue();
    assertThat(memory.receive(1)).isEmpty();
  }

  private List<Delivery> hold(int messages) throws InterruptedException {
    terms.told(memory.inspect());
    inFlight.reserve(messages, Duration.ZERO, Duration.ZERO);
    return IntStream.range(0, messages).mapToObj(i -> received()).toList();
  }

  private Delivery received() {
    try {
      memory.send("body", Map.of());
      Delivery delivery = memory.receive(1).getFirst();
      inFlight.take(delivery, terms.lease(), clock.instant());
      return delivery;
    } catch (InterruptedException stop) {
      throw new AssertionError(stop);
    }
  }

  private void after(Duration time) throws InterruptedException {
    clock.advance(time);
    keeper.turn();
  }

  private void turnFor(Duration time, Duration step) throws InterruptedException {
    for (Duration gone = Duration.ZERO; gone.compareTo(time) < 0; gone = gone.plus(step)) {
      after(step);
    }
  }
}
