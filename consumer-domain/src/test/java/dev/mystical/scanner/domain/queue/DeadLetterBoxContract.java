package dev.mystical.scanner.domain.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link DeadLetterBox} promises. */
public abstract class DeadLetterBoxContract {
  /** For the adapters' tests. */
  protected DeadLetterBoxContract() {}

  /** The box under test: empty at the start of each test. */
  protected abstract DeadLetterBox box() throws InterruptedException;

  /** Puts a message into it, as {@link DeadLetters} does. */
  protected abstract MessageId put(String body, Map<String, String> attributes)
      throws InterruptedException;

  @Test
  void anEmptyBoxHasNothing() throws InterruptedException {
    assertThat(box().count()).isZero();
    assertThat(box().receive()).isEmpty();
    assertThat(box().delete(List.of())).isEmpty();
    assertThat(box().giveBack(List.of())).isEmpty();
  }

  @Test
  void aLetterNeedsNoAttributes() throws InterruptedException {
    MessageId id = put("no request €", Map.of());

    Delivery letter = box().receive().getFirst();

    assertThat(letter.id()).isEqualTo(id);
    assertThat(letter.body()).isEqualTo("no request €");
    assertThat(letter.attributes()).isEmpty();
  }

  @Test
  void aLetterHasAllThatItIsSentAgainWith() throws InterruptedException {
    Map<String, String> attributes =
        Map.of(
            DeadLetters.SOURCE,
            "m-1",
            DeadLetters.CODE,
            "MESSAGE_INVALID",
            "signature",
            "s",
            "traceparent",
            "t");
    put("{}", attributes);

    assertThat(box().receive().getFirst().attributes()).isEqualTo(attributes);
  }

  @Test
  void whatIsLookedAtIsHiddenAndCounted() throws InterruptedException {
    put("{}", Map.of());
    box().receive();

    assertThat(box().receive()).isEmpty();
    assertThat(box().count()).isOne();
  }

  @Test
  void whatIsGivenBackShowsAtOnce() throws InterruptedException {
    MessageId id = put("{}", Map.of());
    Receipt first = box().receive().getFirst().receipt();

    assertThat(box().giveBack(List.of(first))).containsExactly(new EntryResult.Done());

    assertThat(box().receive()).extracting(Delivery::id).containsExactly(id);
    assertThat(box().giveBack(List.of(first)))
        .doesNotHaveAnyElementsOfTypes(EntryResult.Failed.class);
  }

  @Test
  void whatIsDeletedIsGone() throws InterruptedException {
    put("{}", Map.of());
    Receipt receipt = box().receive().getFirst().receipt();

    assertThat(box().delete(List.of(receipt))).containsExactly(new EntryResult.Done());

    assertThat(box().count()).isZero();
    assertThat(box().delete(List.of(receipt)))
        .doesNotHaveAnyElementsOfTypes(EntryResult.Failed.class);
  }

  @Test
  void manyAreReceivedInBatches() throws InterruptedException {
    Set<MessageId> put = new HashSet<>();
    for (int i = 0; i < 12; i++) {
      put.add(put("{}", Map.of()));
    }
    Set<MessageId> received = new HashSet<>();
    for (List<Delivery> some = box().receive(); !some.isEmpty(); some = box().receive()) {
      assertThat(some).hasSizeLessThanOrEqualTo(DeadLetterBox.BATCH);
      some.forEach(letter -> received.add(letter.id()));
    }

    assertThat(received).isEqualTo(put);
  }
}
