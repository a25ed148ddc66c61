package dev.mystical.scanner.app.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.app.health.HealthBoard;
import dev.mystical.scanner.app.health.HealthBoard.Dependency;
import dev.mystical.scanner.app.metrics.Counters;
import dev.mystical.scanner.app.metrics.Counters.Count;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.RecordingErrorFeed;
import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.domain.ledger.InMemoryScanLedger;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.InMemoryDeadLetters;
import dev.mystical.scanner.domain.queue.InMemoryScanQueue;
import dev.mystical.scanner.domain.queue.Lease;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.QueueUnavailable;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PollerTest {
  private static final Duration VISIBILITY = Duration.ofSeconds(30);

  /** Later than any feed holds repeats back. */
  private static final Duration LATER = Duration.ofHours(1);

  private final MovableClock clock = new MovableClock();
  private final Counters counters = new Counters();
  private final HealthBoard health = new HealthBoard(clock);
  private final RecordingErrorFeed feed = new RecordingErrorFeed(clock, new Redactor(List.of()));
  private final InMemoryScanLedger ledger = new InMemoryScanLedger(clock);
  private final QueueTerms terms = new QueueTerms(name -> InMemoryDeadLetters.absent());
  private final List<Delivery> begun = new ArrayList<>();
  private InMemoryScanQueue memory = new InMemoryScanQueue(clock, VISIBILITY, Optional.empty());
  private WatchedQueue queue = new WatchedQueue(memory);
  private InFlight inFlight = new InFlight(16, () -> {});
  private Poller poller = poller();

  @Test
  void asksForTheQueuesTermsOnceAndBeforeAnyMessage() throws InterruptedException {
    memory.failNext(1);
    assertThatThrownBy(poller::turn).isInstanceOf(QueueUnavailable.class);
    assertThat(queue.receives()).isEmpty();
    try (LogLines log = LogLines.of(Poller.class)) {
      poller.turn();
      poller.turn();

      assertThat(log.lines())
          .containsExactly(
              "INFO event=queue-ready visibility=PT30S maxReceives=none deadLetters=none");
    }
    assertThat(queue.inspections()).isEqualTo(2);
    assertThat(queue.receives()).hasSize(2);
    assertThat(terms.lease().visibility()).isEqualTo(VISIBILITY);
  }

  @Test
  void asksForNoMoreThanFreeSeatsAndNoMoreThanTen() throws InterruptedException {
    send(15);
    poller.turn();
    assertThat(queue.receives()).containsExactly(10);

    inFlight = new InFlight(6, () -> {});
    poller = poller();
    poller.turn();

    assertThat(queue.receives()).containsExactly(10, 6);
    assertThat(begun).hasSize(15);
    assertThat(inFlight.taken()).isEqualTo(5);
  }

  @Test
  void aFullHouseAsksForNothing() throws InterruptedException {
    inFlight = new InFlight(0, () -> {});
    poller = poller();
    Thread waiting = Thread.ofVirtual().start(this::turnUntilInterrupted);
    waiting.interrupt();
    assertThat(waiting.join(Duration.ofSeconds(30))).isTrue();

    assertThat(queue.receives()).isEmpty();
  }

  @Test
  void seatsThatNoMessageTookAreFree() throws InterruptedException {
    send(3);

    poller.turn();

    assertThat(inFlight.taken()).isEqualTo(3);
  }

  @Test
  void seatsAreFreeAfterAFailedReceive() throws InterruptedException {
    poller.turn();
    send(3);
    memory.executeThenFail(1);

    assertThatThrownBy(poller::turn).isInstanceOf(QueueUnavailable.class);

    assertThat(inFlight.taken()).isZero();
    clock.advance(VISIBILITY);
    poller.turn();
    assertThat(begun).hasSize(3);
  }

  @Test
  void seatsAreFreeAfterAnInterruptedReceive() throws InterruptedException {
    poller.turn();
    queue.onEmpty(() -> {
      throw new InterruptedException();
    });

    assertThatThrownBy(poller::turn).isInstanceOf(InterruptedException.class);

    assertThat(inFlight.taken()).isZero();
  }

  @Test
  void aMessageTwiceInOneReceiveIsWorkedOnOnceWithItsNewestReceipt() throws InterruptedException {
    poller.turn();
    MessageId id = memory.send("body", Map.of());
    Delivery first = memory.receive(1).getFirst();
    memory.deliverAgain(id);
    Delivery second = memory.receive(1).getFirst();
    queue = new WatchedQueue(new ReceivingQueue(memory, max -> List.of(first, second)));
    poller = poller();

    poller.turn();

    assertThat(begun).containsExactly(first);
    assertThat(inFlight.taken()).isEqualTo(1);
    assertThat(inFlight.renewable(clock.instant().plus(VISIBILITY)))
        .extracting(Lease::receipt)
        .containsExactly(second.receipt());
    assertThat(counters.get(Count.MESSAGES_REPEATED)).isEqualTo(1);
  }

  @Test
  void aMessageThatComesAgainWhileHeldIsNotWorkedOnTwice() throws InterruptedException {
    MessageId id = memory.send("body", Map.of());
    poller.turn();
    memory.deliverAgain(id);
    try (LogLines log = LogLines.of(Poller.class)) {
      poller.turn();

      assertThat(log.lines()).containsExactly("INFO event=repeated-in-flight messageId=" + id);
    }
    assertThat(begun).hasSize(1);
    assertThat(inFlight.taken()).isEqualTo(1);
    assertThat(counters.get(Count.MESSAGES_RECEIVED)).isEqualTo(2);
  }

  @Test
  void aPassingTroubleIsToldShownAndOver() throws InterruptedException {
    poller.turn();
    memory.failNext(1);

    assertThatThrownBy(poller::turn).isInstanceOf(QueueUnavailable.class);
    assertThat(health.isUnwell(Dependency.SQS)).isTrue();
    poller.turn();

    assertThat(health.isUnwell(Dependency.SQS)).isFalse();
    assertThat(feed.events())
        .extracting(ErrorEvent::code)
        .containsExactly(ErrorCode.SQS_UNAVAILABLE);
    assertThat(queue.inspections()).as("asked again after trouble").isEqualTo(2);
  }

  @Test
  void aTroubleThatAPersonMustMendIsCalledSo() {
    queue =
        new WatchedQueue(
            new ReceivingQueue(
                memory,
                max -> {
                  throw new QueueUnavailable(
                      QueueUnavailable.Kind.CONFIGURATION, "no such queue", new IOException("400"));
                }));
    poller = poller();

    assertThatThrownBy(poller::turn).isInstanceOf(QueueUnavailable.class);

    assertThat(health.isUnwell(Dependency.SQS)).isTrue();
    assertThat(feed.events()).extracting(ErrorEvent::code).containsExactly(ErrorCode.SQS_CONFIG);
  }

  /** Each try once told it again, and called the queue well in between. */
  @Test
  void aTroubleThatLastsIsToldOnceAndIsNotOverBecauseTheQueueTellsItsTerms() {
    queue =
        new WatchedQueue(
            new ReceivingQueue(
                memory,
                max -> {
                  throw new QueueUnavailable(
                      QueueUnavailable.Kind.CONFIGURATION, "denied", new IOException("403"));
                }));
    poller = poller();
    assertThatThrownBy(poller::turn).isInstanceOf(QueueUnavailable.class);
    try (LogLines log = LogLines.of(HealthBoard.class)) {
      clock.advance(LATER);
      assertThatThrownBy(poller::turn).isInstanceOf(QueueUnavailable.class);
      clock.advance(LATER);
      assertThatThrownBy(poller::turn).isInstanceOf(QueueUnavailable.class);

      assertThat(log.lines()).isEmpty();
    }
    assertThat(feed.events()).extracting(ErrorEvent::code).containsExactly(ErrorCode.SQS_CONFIG);
  }

  @Test
  void aTroubleThatCameBackIsToldAgain() throws InterruptedException {
    poller.turn();
    memory.failNext(2);
    assertThatThrownBy(poller::turn).isInstanceOf(QueueUnavailable.class);
    clock.advance(LATER);
    assertThatThrownBy(poller::turn).isInstanceOf(QueueUnavailable.class);
    assertThat(feed.events()).hasSize(1);
    poller.turn();
    clock.advance(LATER);
    memory.failNext(1);

    assertThatThrownBy(poller::turn).isInstanceOf(QueueUnavailable.class);

    assertThat(feed.events())
        .extracting(ErrorEvent::code)
        .containsExactly(ErrorCode.SQS_UNAVAILABLE, ErrorCode.SQS_UNAVAILABLE);
  }

  /** Only the log once had it, as an error of our own. */
  @Test
  void aQueueThatHidesNothingIsATroubleForAPerson() {
    queue = new WatchedQueue(new InMemoryScanQueue(clock, Duration.ZERO, Optional.empty()));
    poller = poller();

    assertThatThrownBy(poller::turn).hasMessageContaining("VisibilityTimeout is 0");

    assertThat(health.isUnwell(Dependency.SQS)).isTrue();
    assertThat(feed.events()).extracting(ErrorEvent::code).containsExactly(ErrorCode.SQS_CONFIG);
    assertThat(queue.receives()).isEmpty();
  }

  @Test
  void receivesNothingWhileTheLedgerIsAway() throws InterruptedException {
    send(3);
    poller.turn();
    int receives = queue.receives().size();
    health.unwell(Dependency.REDIS, "refused");
    ledger.failNext(2);

    assertThatThrownBy(poller::turn).isInstanceOf(LedgerUnavailable.class);
    assertThatThrownBy(poller::turn).isInstanceOf(LedgerUnavailable.class);
    assertThat(queue.receives()).hasSize(receives);
    assertThat(inFlight.taken()).isEqualTo(3);
    // No worker has asked Redis meanwhile, so that nobody else would tell it.
    assertThat(feed.events())
        .extracting(ErrorEvent::code)
        .isNotEmpty()
        .containsOnly(ErrorCode.REDIS_UNAVAILABLE);
    poller.turn();

    assertThat(queue.receives()).hasSize(receives + 1);
    assertThat(health.isUnwell(Dependency.REDIS)).isFalse();
  }

  @Test
  void anIdleMinuteCostsAtMostFourCalls() throws InterruptedException {
    queue.onEmpty(() -> clock.advance(Duration.ofSeconds(20)));
    LeaseKeeper keeper = new LeaseKeeper(queue, inFlight, terms, clock, counters);

    while (clock.instant().isBefore(MovableClock.START.plusSeconds(60))) {
      poller.turn();
      keeper.turn();
    }

    assertThat(queue.calls()).isLessThanOrEqualTo(4);
  }

  @Test
  void aFloodCostsAtMostAQuarterOfACallForEachMessage() throws InterruptedException {
    send(1000);
    inFlight = new InFlight(64, () -> {});
    poller = poller();
    Deleter deleter = new Deleter(queue, inFlight, clock, new Random(1), counters);
    LeaseKeeper keeper = new LeaseKeeper(queue, inFlight, terms, clock, counters);

    while (!memory.messages().isEmpty()) {
      poller.turn();
      begun.forEach(it -> deleter.accept(it.id(), new Finished.Refused(it.id())));
      begun.clear();
      deleter.turn();
      keeper.turn();
      clock.advance(Duration.ofMillis(100));
    }

    assertThat(queue.calls()).isLessThanOrEqualTo(250);
    assertThat(inFlight.taken()).isZero();
  }

  @Test
  void aLeaseBeginsASecondBeforeTheAnswerOfALongPoll() throws InterruptedException {
    leaseAfterALongPoll(VISIBILITY);

    assertThat(inFlight.nextRenewal()).isEqualTo(clock.instant().plusSeconds(14));
  }

  /** A whole second off left nothing of it, and the message came back for ever. */
  @Test
  void aLeaseOfOneSecondIsNotOverWhenItBegins() throws InterruptedException {
    leaseAfterALongPoll(Duration.ofSeconds(1));

    assertThat(inFlight.nextRenewal()).isEqualTo(clock.instant().plusMillis(250));
  }

  private void leaseAfterALongPoll(Duration visibility) throws InterruptedException {
    memory = new InMemoryScanQueue(clock, visibility, Optional.empty());
    queue =
        new WatchedQueue(
            new ReceivingQueue(
                memory,
                max -> {
                  clock.advance(Duration.ofSeconds(20));
                  return memory.receive(max);
                }));
    poller = poller();
    memory.send("body", Map.of());
    poller.turn();
    assertThat(begun).hasSize(1);
  }

  private void send(int messages) {
    for (int i = 0; i < messages; i++) {
      memory.send("body", Map.of());
    }
  }

  private void turnUntilInterrupted() {
    try {
      while (true) {
        poller.turn();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private Poller poller() {
    return new Poller(
        new Poller.Parts(queue, inFlight, terms, ledger, feed, health, counters),
        begun::add,
        clock);
  }
}
