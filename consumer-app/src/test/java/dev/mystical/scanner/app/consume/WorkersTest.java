package dev.mystical.scanner.app.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.app.health.HealthBoard.Dependency;
import dev.mystical.scanner.app.loop.Stopping;
import dev.mystical.scanner.app.metrics.Counters.Count;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.ledger.ScanUnreadable;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.InMemoryScanQueue;
import dev.mystical.scanner.domain.queue.LeaseTerms;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.Receipt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private static final LeaseTerms TERMS = new LeaseTerms(Duration.ofSeconds(30));

  private final LaunchBench bench = new LaunchBench();
  private final Stopping stopping = new Stopping();
  private final InFlight inFlight = new InFlight(4, () -> {});
  private final Deleter deleter =
      new Deleter(
          new InMemoryScanQueue(bench.clock, Duration.ofSeconds(30), Optional.empty()),
          inFlight,
          bench.clock,
          new Random(1),
          bench.counters);
  private final Workers workers =
      new Workers(
          bench.work,
          new Workers.Custodians(inFlight, deleter),
          bench.feed,
          stopping,
          bench.clock,
          bench.counters);

  @AfterEach
  void stop() throws InterruptedException {
    workers.stop(Duration.ofSeconds(30));
  }

  @Test
  void aFinishedMessageGoesToTheDeleter() throws InterruptedException {
    accept(1);
    stop();

    assertThat(inFlight.busyDeleting()).isTrue();
    assertThat(inFlight.busyReturning()).isFalse();
  }

  @Test
  void aFaultOfOursIsToldAndTheMessageReturnsLaterTheOftenerItCame() throws InterruptedException {
    assertThat(returnsAfterAFault(0)).isEqualTo(Duration.ofSeconds(5));
    assertThat(returnsAfterAFault(1)).isEqualTo(Duration.ofSeconds(5));
    assertThat(returnsAfterAFault(2)).isEqualTo(Duration.ofSeconds(10));
    assertThat(returnsAfterAFault(4)).isEqualTo(Duration.ofSeconds(40));
    assertThat(returnsAfterAFault(100)).isEqualTo(Duration.ofMinutes(10));
  }

  private static Duration returnsAfterAFault(int receives) throws InterruptedException {
    WorkersTest test = new WorkersTest();
    test.bench.outside.before(
        1,
        () -> {
          throw new StackOverflowError("a bug of ours");
        });
    try (LogLines log = LogLines.of(Workers.class)) {
      test.accept(receives);
      test.stop();

      assertThat(log.lines())
          .containsExactly("ERROR event=message-failed messageId=message-" + receives);
    }
    assertThat(test.bench.feed.events())
        .extracting(ErrorEvent::code)
        .containsExactly(ErrorCode.INTERNAL);
    assertThat(test.bench.counters.get(Count.FAULTS)).isEqualTo(1);
    InFlight.Returns returns = test.inFlight.returnable(10, test.bench.clock.instant());
    assertThat(returns.receipts()).hasSize(1);
    return returns.hidden();
  }

  /** It once counted as a Redis that is away: nothing was received any more because of one scan. */
  @Test
  void whatALaterVersionWroteIsLeftToItsReplicas() throws InterruptedException {
    bench.outside.before(
        1,
        () -> {
          throw new ScanUnreadable(
              new ScanKey(new Tenant("default"), new ScanId("s-1")),
              new IllegalStateException("format 99"));
        });

    accept(1);
    stop();

    InFlight.Returns returns = inFlight.returnable(10, bench.clock.instant());
    assertThat(returns.receipts()).hasSize(1);
    assertThat(returns.hidden()).isEqualTo(Duration.ofMinutes(5));
    assertThat(bench.health.isUnwell(Dependency.REDIS)).isFalse();
    assertThat(bench.ecs.calls()).isEmpty();
    assertThat(bench.feed.events())
        .singleElement()
        .satisfies(told -> assertThat(told.message()).contains("format 99"));
  }

  @Test
  void aMessageIsHandedOverWhenTheProcessStops() throws InterruptedException {
    stopping.ask();
    try (LogLines log = LogLines.of(Workers.class)) {
      accept(1);
      stop();

      assertThat(log.lines())
          .containsExactly("INFO event=handed-over reason=\"message-1: the process stops\"");
    }
    assertThat(inFlight.returnable(10, bench.clock.instant()).receipts()).hasSize(1);
    assertThat(bench.outside.calls()).isEmpty();
  }

  @Test
  void aMessageThatIsLostLeavesItsSeatAndNothingElse() throws InterruptedException {
    bench.outside.before(1, () -> inFlight.lost(new Receipt(new MessageId("message-1"), "handle")));

    accept(1);
    stop();

    assertThat(inFlight.taken()).isZero();
    assertThat(bench.ecs.calls()).isEmpty();
  }

  @Test
  void workThatOutlastsTheGraceIsCutOffAndHandedOver() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    bench.outside.before(
        1,
        () -> {
          begun.countDown();
          never.await();
        });
    accept(1);
    begun.await();
    try (LogLines log = LogLines.of(Workers.class)) {
      workers.stop(Duration.ofMillis(1));

      assertThat(log.lines()).contains("WARN event=workers-cut-off messageIds=[message-1]");
    }
    assertThat(inFlight.returnable(10, bench.clock.instant()).receipts()).hasSize(1);
  }

  /** It once kept its place in the table with nobody on it. */
  @Test
  void whatComesAfterTheStopIsGivenBack() throws InterruptedException {
    stop();

    accept(1);

    assertThat(inFlight.returnable(10, bench.clock.instant()).receipts()).hasSize(1);
  }

  private void accept(int receives) throws InterruptedException {
    Delivery delivery =
        new Delivery(
            new Receipt(new MessageId("message-" + receives), "handle"),
            "s-" + receives + " sonar",
            Map.of(),
            receives,
            MovableClock.START);
    inFlight.reserve(1, Duration.ZERO, Duration.ZERO);
    inFlight.take(delivery, TERMS, bench.clock.instant());
    workers.accept(delivery);
  }
}
