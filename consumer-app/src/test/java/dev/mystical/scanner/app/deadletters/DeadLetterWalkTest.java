package dev.mystical.scanner.app.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.app.deadletters.DeadLetterWalk.Place;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.queue.DeadLetterBox;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.EntryResult;
import dev.mystical.scanner.domain.queue.InMemoryDeadLetterBox;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.Receipt;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLetterWalkTest {
  private final MovableClock clock = new MovableClock();
  private final InMemoryDeadLetterBox box = new InMemoryDeadLetterBox(clock);
  private final List<MessageId> visited = new ArrayList<>();

  @Test
  void eachLetterIsVisitedOnceAndShowsAgainAtOnce() throws InterruptedException {
    for (int i = 0; i < 25; i++) {
      box.move("{}", Map.of());
    }

    assertThat(new DeadLetterWalk(box, this::leave).more()).isFalse();

    assertThat(visited).hasSize(25).doesNotHaveDuplicates();
    assertThat(box.receive()).hasSize(10);
  }

  @Test
  void whatIsTakenIsNotGivenBack() throws InterruptedException {
    MessageId taken = box.move("{}", Map.of());
    MessageId left = box.move("{}", Map.of());

    DeadLetterWalk walk =
        new DeadLetterWalk(
            box,
            letter -> {
              if (letter.id().equals(left)) {
                return Place.LEFT;
              }
              box.delete(List.of(letter.receipt()));
              return Place.TAKEN;
            });

    assertThat(walk.more()).isFalse();
    assertThat(box.letters()).containsExactly(left).doesNotContain(taken);
    assertThat(box.receive()).extracting(Delivery::id).containsExactly(left);
  }

  /** A walk may take longer than letters are hidden. */
  @Test
  void whatShowsAgainMeanwhileIsNotVisitedAgain() throws InterruptedException {
    for (int i = 0; i < 12; i++) {
      box.move("{}", Map.of());
    }

    DeadLetterWalk walk =
        new DeadLetterWalk(
            box,
            letter -> {
              clock.advance(Duration.ofSeconds(10));
              return leave(letter);
            });

    assertThat(walk.more()).isFalse();
    assertThat(visited).doesNotHaveDuplicates();
    assertThat(box.receive()).hasSize(10);
  }

  @Test
  void whatBreaksOffGivesBackWhatItHeld() {
    box.move("{}", Map.of());
    box.move("{}", Map.of());
    DeadLetterWalk walk =
        new DeadLetterWalk(
            box,
            letter -> {
              throw new LedgerUnavailable("away", new IOException());
            });

    assertThatThrownBy(walk::more).isInstanceOf(LedgerUnavailable.class);
    assertThat(box.queue().messages())
        .allSatisfy(id -> assertThat(box.queue().visibleAt(id)).contains(clock.instant()));
  }

  /** A server that stops, and a person who looks right after it. */
  @Test
  void whoeverIsInterruptedGivesBackWhatHeHeld() {
    box.move("{}", Map.of());
    DeadLetterWalk walk =
        new DeadLetterWalk(
            box,
            letter -> {
              throw new InterruptedException();
            });

    assertThatThrownBy(walk::more).isInstanceOf(InterruptedException.class);
    assertThat(box.queue().messages())
        .allSatisfy(id -> assertThat(box.queue().visibleAt(id)).contains(clock.instant()));
  }

  @Test
  void aWalkIsBounded() throws InterruptedException {
    DeadLetterWalk walk = new DeadLetterWalk(new Endless(), this::leave);

    assertThat(walk.more()).isTrue();
    assertThat(visited).hasSize(DeadLetterWalk.MOST);
  }

  private Place leave(Delivery letter) {
    visited.add(letter.id());
    return Place.LEFT;
  }

  /** Somebody fills it faster than it can be looked through. */
  private static final class Endless implements DeadLetterBox {
    private int received;

    @Override
    public int count() {
      return Integer.MAX_VALUE;
    }

    @Override
    public List<Delivery> receive() {
      List<Delivery> some = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        received++;
        MessageId id = new MessageId("m-" + received);
        some.add(new Delivery(new Receipt(id, "handle"), "{}", Map.of(), 1, Instant.EPOCH));
      }
      return some;
    }

    @Override
    public List<EntryResult> delete(List<Receipt> receipts) {
      throw new AssertionError("nothing is deleted");
    }

    @Override
    public List<EntryResult> giveBack(List<Receipt> receipts) {
      return receipts.stream().<EntryResult>map(receipt -> new EntryResult.Done()).toList();
    }
  }
}
