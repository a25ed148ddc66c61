package dev.mystical.scanner.app.consume;

import static dev.mystical.scanner.app.consume.Messages.delivery;
import static dev.mystical.scanner.app.consume.Messages.receipt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.queue.LeaseTerms;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Seats are conserved, whatever becomes of messages and in whatever order. */
class InFlightStressTest {
  private static final int MESSAGES = 10_000;
  private static final int SEATS = 32;
  private static final LeaseTerms TERMS = new LeaseTerms(Duration.ofSeconds(30));
  private static final Instant NOW = MovableClock.START;

  private final InFlight inFlight = new InFlight(SEATS, () -> {});
  private final AtomicInteger deleted = new AtomicInteger();
  private final AtomicInteger returned = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger mostTaken = new AtomicInteger();
  private final CountDownLatch done = new CountDownLatch(MESSAGES);

  @Test
  void everyReceivedMessageIsDeletedReturnedOrLost() throws InterruptedException {
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      int received = 0;
      while (received < MESSAGES) {
        int seats =
            inFlight.reserve(
                Math.min(10, MESSAGES - received), Duration.ofSeconds(30), Duration.ZERO);
        assertThat(seats).isPositive();
        for (int i = 0; i < seats; i++) {
          String id = "message-" + received++;
          assertThat(inFlight.take(delivery(id, 1), TERMS, NOW)).isTrue();
          workers.execute(() -> work(id));
        }
        mostTaken.accumulateAndGet(inFlight.ids().size(), Math::max);
      }
      done.await();
    }

    assertThat(deleted.get() + returned.get() + lost.get()).isEqualTo(MESSAGES);
    assertThat(deleted).hasPositiveValue();
    assertThat(returned).hasPositiveValue();
    assertThat(lost).hasPositiveValue();
    assertThat(mostTaken.get()).isLessThanOrEqualTo(SEATS);
    assertThat(inFlight.taken()).isZero();
    assertThat(inFlight.ids()).isEmpty();
  }

  private void work(String id) {
    MessageId message = new MessageId(id);
    Random chance = new Random(id.hashCode());
    int newest = 1;
    if (chance.nextInt(4) == 0) {
      inFlight.lost(receipt(id, 1));
    }
    if (chance.nextInt(4) == 0) {
      newest = 2;
      inFlight.take(delivery(id, 2), TERMS, NOW);
    }
    boolean finished = chance.nextBoolean();
    boolean kept =
        finished ? inFlight.finish(message, NOW) : inFlight.giveBack(message, NOW, Duration.ZERO);
    // The loss and the end of the same message race with each other from two threads.
    int last = newest;
    Thread keeper = Thread.ofVirtual().start(() -> inFlight.lost(receipt(id, last)));
    inFlight.gone(receipt(id, 1));
    inFlight.gone(receipt(id, last));
    try {
      keeper.join();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    (kept ? finished ? deleted : returned : lost).incrementAndGet();
    done.countDown();
  }
}
