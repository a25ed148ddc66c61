package dev.mystical.scanner.domain.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.reconcile.ReconcileTurns.Turn;
import dev.mystical.scanner.domain.scan.SampleScans;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ReconcileTurns} promises. */
public abstract class ReconcileTurnsContract {
  private ReconcileTurns one;
  private ReconcileTurns other;

  /** For the adapters' tests. */
  protected ReconcileTurnsContract() {}

  /** A replica's turns; all share one store. */
  protected abstract ReconcileTurns replica(String name) throws InterruptedException;

  /** The ledger in the same store. */
  protected abstract ScanLedger ledger() throws InterruptedException;

  /** Lets that time pass for the store. */
  protected abstract void elapse(Duration time) throws InterruptedException;

  /** The store loses everything, or begins. */
  protected abstract void lose() throws InterruptedException;

  @BeforeEach
  void begin() throws InterruptedException {
    lose();
    one = replica("one");
    other = replica("other");
  }

  @Test
  void aLedgerThatIsNewIsReconciledAtOnceByOneReplica() throws InterruptedException {
    assertThat(one.ask()).isEqualTo(Turn.REBORN);
    assertThat(other.ask()).isEqualTo(Turn.OTHERS);
    assertThat(one.ask()).isEqualTo(Turn.REBORN);
  }

  @Test
  void aLedgerThatIsReconciledIsInNoDoubtAndLeavesAllAtRest() throws InterruptedException {
    one.ask();
    assertThat(doubtfulBefore()).isAfter(Instant.EPOCH);

    assertThat(one.finished()).isTrue();

    assertThat(doubtfulBefore()).isEqualTo(Instant.EPOCH);
    assertThat(one.ask()).isEqualTo(Turn.REST);
    assertThat(other.ask()).isEqualTo(Turn.REST);
  }

  @Test
  void afterFiveMinutesItIsTimeAgain() throws InterruptedException {
    one.ask();
    one.finished();
    elapse(Duration.ofMinutes(4));
    assertThat(other.ask()).isEqualTo(Turn.REST);
    elapse(Duration.ofMinutes(1));

    assertThat(other.ask()).isEqualTo(Turn.ROUTINE);
    assertThat(one.ask()).isEqualTo(Turn.OTHERS);
    assertThat(doubtfulBefore()).isEqualTo(Instant.EPOCH);
    assertThat(other.finished()).isTrue();
    assertThat(one.ask()).isEqualTo(Turn.REST);
  }

  @Test
  void aReplicaThatDiesWithItsTurnIsFollowedByAnother() throws InterruptedException {
    one.ask();
    elapse(Duration.ofMinutes(1));

    assertThat(other.ask()).isEqualTo(Turn.REBORN);
    assertThat(one.keep()).isFalse();
    assertThat(one.finished()).isFalse();
    assertThat(doubtfulBefore()).isAfter(Instant.EPOCH);
  }

  @Test
  void aReplicaThatShowsThatItLivesKeepsItsTurn() throws InterruptedException {
    one.ask();
    for (int i = 0; i < 5; i++) {
      elapse(Duration.ofSeconds(20));
      assertThat(one.keep()).isTrue();
    }

    assertThat(other.ask()).isEqualTo(Turn.OTHERS);
    assertThat(one.finished()).isTrue();
  }

  @Test
  void aTurnThatIsGivenUpIsTakenAtOnce() throws InterruptedException {
    one.ask();
    other.giveUp();
    assertThat(other.ask()).isEqualTo(Turn.OTHERS);

    one.giveUp();

    assertThat(one.keep()).isFalse();
    assertThat(other.ask()).isEqualTo(Turn.REBORN);
  }

  @Test
  void nobodyKeepsOrEndsATurnThatIsNotItsOwn() throws InterruptedException {
    assertThat(one.keep()).isFalse();
    assertThat(one.finished()).isFalse();
    other.ask();
    assertThat(one.keep()).isFalse();
    assertThat(one.finished()).isFalse();

    assertThat(doubtfulBefore()).isAfter(Instant.EPOCH);
  }

  @Test
  void aLossIsSeenAtOnce() throws InterruptedException {
    one.ask();
    one.finished();
    lose();

    assertThat(other.ask()).isEqualTo(Turn.REBORN);
  }

  /** What was seen before the loss says nothing of what is missing now. */
  @Test
  void aTurnDuringWhichAllIsLostDoesNotCount() throws InterruptedException {
    one.ask();
    lose();

    assertThat(one.keep()).isFalse();
    assertThat(one.finished()).isFalse();
    assertThat(one.ask()).isEqualTo(Turn.REBORN);
  }

  @Test
  void whatIsAskedForAfterTheFirstTurnBeganIsInNoDoubt() throws InterruptedException {
    one.ask();
    Instant birth = doubtfulBefore();
    elapse(Duration.ofMinutes(1));
    other.ask();

    assertThat(doubtfulBefore()).isEqualTo(birth);
  }

  @Test
  void aCallOnAnInterruptedThreadIsLeft() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> one.ask()).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private Instant doubtfulBefore() throws InterruptedException {
    Found found = ledger().load(SampleScans.newKey());
    assertThat(found.doubtfulBefore()).isBeforeOrEqualTo(found.now());
    return found.doubtfulBefore();
  }
}
