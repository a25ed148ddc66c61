package dev.mystical.scanner.app.consume;

import static dev.mystical.scanner.app.consume.Messages.delivery;
import static dev.mystical.scanner.app.consume.Messages.receipt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.queue.Lease;
import dev.mystical.scanner.domain.queue.LeaseTerms;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.Receipt;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private static final LeaseTerms TERMS = new LeaseTerms(Duration.ofSeconds(30));
  private static final Instant NOW = MovableClock.START;
  private static final MessageId A = new MessageId("a");
  private static final Receipt FIRST = receipt("a", 1);
  private static final Receipt SECOND = receipt("a", 2);

  private final AtomicInteger changes = new AtomicInteger();
  private final InFlight inFlight = new InFlight(4, changes::incrementAndGet);

  @Test
  void takesNoMoreSeatsThanThereAre() throws InterruptedException {
    assertThat(inFlight.reserve(10, Duration.ZERO, Duration.ZERO)).isEqualTo(4);
    assertThat(inFlight.reserve(10, Duration.ZERO, Duration.ZERO)).isZero();
    inFlight.giveBackSeats(3);
    assertThat(inFlight.taken()).isEqualTo(1);
    assertThat(inFlight.total()).isEqualTo(4);
  }

  @Test
  void anInterruptedReservationKeepsNoSeat() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> inFlight.reserve(10, Duration.ofDays(1), Duration.ofDays(1)))
        .isInstanceOf(InterruptedException.class);
    assertThat(inFlight.taken()).isZero();
  }

  @Test
  void aReservationInterruptedWhileItWaitsForMoreKeepsNoSeat() throws InterruptedException {
    Thread poller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                inFlight.reserve(10, Duration.ofDays(1), Duration.ofDays(1));
              } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
              }
            });
    poller.interrupt();
    assertThat(poller.join(Duration.ofSeconds(30))).isTrue();

    assertThat(inFlight.taken()).isZero();
  }

  @Test
  void aMessageThatComesAgainKeepsItsSeatWithTheNewestReceipt() throws InterruptedException {
    hold();

    assertThat(inFlight.take(delivery("a", 2), TERMS, NOW.plusSeconds(10))).isFalse();

    assertThat(inFlight.ids()).containsExactly(A);
    assertThat(inFlight.renewable(NOW.plusSeconds(60)))
        .extracting(Lease::receipt)
        .containsExactly(SECOND);
  }

  @Test
  void tellsOfEachLeaseAndOfEachEnd() throws InterruptedException {
    hold();
    assertThat(changes).hasValue(1);
    inFlight.take(delivery("a", 2), TERMS, NOW);
    assertThat(changes).hasValue(2);
    inFlight.finish(A, NOW);
    assertThat(changes).hasValue(3);
  }

  @Test
  void aDeletedMessageFreesItsSeatOnce() throws InterruptedException {
    hold();
    assertThat(inFlight.finish(A, NOW)).isTrue();
    assertThat(inFlight.busyDeleting()).isTrue();

    inFlight.gone(FIRST);
    inFlight.gone(FIRST);

    assertThat(inFlight.taken()).isZero();
    assertThat(inFlight.busyDeleting()).isFalse();
  }

  @Test
  void theDeleteOfAnOldReceiptFreesNoNewerOne() throws InterruptedException {
    hold();
    inFlight.finish(A, NOW);
    inFlight.take(delivery("a", 2), TERMS, NOW);

    inFlight.gone(FIRST);

    assertThat(inFlight.taken()).isEqualTo(1);
    assertThat(inFlight.deletable(10, Duration.ZERO, NOW)).containsExactly(SECOND);
  }

  /** It once put off the newer receipt's delete. */
  @Test
  void theFailedDeleteOfAnOldReceiptLeavesTheNewerOneDue() throws InterruptedException {
    hold();
    inFlight.finish(A, NOW);
    inFlight.take(delivery("a", 2), TERMS, NOW);

    inFlight.tryLater(FIRST, NOW.plusSeconds(20));

    assertThat(inFlight.deletable(10, Duration.ZERO, NOW)).containsExactly(SECOND);
    assertThat(inFlight.failures(SECOND)).isZero();
  }

  @Test
  void nothingIsFreedWhileItIsWorkedOn() throws InterruptedException {
    hold();

    inFlight.gone(FIRST);

    assertThat(inFlight.taken()).isEqualTo(1);
    assertThat(inFlight.holds(A)).isTrue();
    assertThat(inFlight.deletable(10, Duration.ZERO, NOW)).isEmpty();
  }

  @Test
  void aMessageLostWhileWorkedOnKeepsItsSeatUntilItsWorkerEnds() throws InterruptedException {
    hold();

    assertThat(inFlight.lost(FIRST)).isTrue();
    assertThat(inFlight.lost(FIRST)).as("no news twice").isFalse();

    assertThat(inFlight.holds(A)).isFalse();
    assertThat(inFlight.taken()).isEqualTo(1);
    assertThat(inFlight.renewable(NOW.plusSeconds(60))).isEmpty();
    assertThat(inFlight.nextRenewal()).isEqualTo(Instant.MAX);
    assertThat(inFlight.finish(A, NOW)).as("kept").isFalse();
    assertThat(inFlight.taken()).isZero();
    assertThat(inFlight.deletable(10, Duration.ZERO, NOW)).isEmpty();
  }

  @Test
  void aLostMessageThatComesAgainInTimeIsWholeAgain() throws InterruptedException {
    hold();
    inFlight.lost(FIRST);

    assertThat(inFlight.take(delivery("a", 2), TERMS, NOW)).isFalse();

    assertThat(inFlight.holds(A)).isTrue();
    assertThat(inFlight.lost(FIRST)).as("an old receipt's loss").isFalse();
    assertThat(inFlight.finish(A, NOW)).isTrue();
    assertThat(inFlight.deletable(10, Duration.ZERO, NOW)).containsExactly(SECOND);
  }

  @Test
  void aMessageLostWhileItWaitsForItsDeleteIsFreeAtOnce() throws InterruptedException {
    hold();
    inFlight.finish(A, NOW);

    assertThat(inFlight.lost(FIRST)).isTrue();

    assertThat(inFlight.taken()).isZero();
  }

  @Test
  void aMessageLostWhileItIsReturnedIsFreeAtOnceAndOnlyOnce() throws InterruptedException {
    hold();
    inFlight.giveBack(A, NOW, Duration.ZERO);

    assertThat(inFlight.lost(FIRST)).isTrue();
    inFlight.gone(FIRST);

    assertThat(inFlight.taken()).isZero();
  }

  @Test
  void renewalsOfOldReceiptsChangeNothing() throws InterruptedException {
    hold();
    Lease old = inFlight.renewable(NOW.plusSeconds(60)).getFirst();
    inFlight.take(delivery("a", 2), TERMS, NOW.plusSeconds(5));
    Instant next = inFlight.nextRenewal();

    inFlight.renewed(old, TERMS, NOW.plusSeconds(300));
    inFlight.renewalFailed(old, TERMS, NOW.plusSeconds(300));

    assertThat(inFlight.nextRenewal()).isEqualTo(next);
  }

  @Test
  void aMessageToReturnIsRenewedNoMore() throws InterruptedException {
    hold();
    inFlight.giveBack(A, NOW, Duration.ofSeconds(5));

    assertThat(inFlight.renewable(NOW.plusSeconds(60))).isEmpty();
    assertThat(inFlight.returnable(10, NOW))
        .isEqualTo(new InFlight.Returns(List.of(FIRST), Duration.ofSeconds(5)));
  }

  @Test
  void workEndsOnce() throws InterruptedException {
    hold();
    inFlight.finish(A, NOW);

    assertThatThrownBy(() -> inFlight.giveBack(A, NOW, Duration.ZERO))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> inFlight.finish(new MessageId("unknown"), NOW))
        .isInstanceOf(IllegalStateException.class);
  }

  private void hold() throws InterruptedException {
    inFlight.reserve(1, Duration.ZERO, Duration.ZERO);
    assertThat(inFlight.take(delivery("a", 1), TERMS, NOW)).isTrue();
  }
}
