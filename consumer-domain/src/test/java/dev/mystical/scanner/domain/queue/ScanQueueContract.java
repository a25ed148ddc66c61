package dev.mystical.scanner.domain.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link ScanQueue} promises. */
public abstract class ScanQueueContract {
  /** The visibility timeout that the queue under test is created with. */
  protected static final Duration VISIBILITY = Duration.ofSeconds(30);

  private static final Duration NOW = Duration.ZERO;

  /** For the adapters' tests. */
  protected ScanQueueContract() {}

  /**
   * The queue under test: empty at the start of each test, the same at every call within one, with
   * {@link #VISIBILITY} and a long poll of at most a second.
   */
  protected abstract ScanQueue queue() throws InterruptedException;

  /** Sends a message with these text attributes, and answers its id. */
  protected abstract MessageId send(String body, Map<String, String> attributes)
      throws InterruptedException;

  @Test
  void theQueueTellsItsOwnVisibility() throws InterruptedException {
    assertThat(queue().inspect().visibility()).isEqualTo(VISIBILITY);
  }

  @Test
  void anEmptyQueueDeliversNothing() throws InterruptedException {
    assertThat(queue().receive(10)).isEmpty();
  }

  @Test
  void aMessageIsDeliveredAsItWasSent() throws InterruptedException {
    MessageId id = send("{\"a\": \"€ 💳\"}", Map.of("signature", "s-1"));
    Delivery delivery = receiveOne();

    assertThat(delivery.id()).isEqualTo(id);
    assertThat(delivery.body()).isEqualTo("{\"a\": \"€ 💳\"}");
    assertThat(delivery.attributes()).containsExactly(Map.entry("signature", "s-1"));
    assertThat(delivery.receiveCount()).isEqualTo(1);
  }

  @Test
  void aMessageWithoutAttributesHasNone() throws InterruptedException {
    send("body", Map.of());

    assertThat(receiveOne().attributes()).isEmpty();
  }

  @Test
  void noMoreAreDeliveredThanAskedFor() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      send("body " + i, Map.of());
    }

    assertThat(queue().receive(2)).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void aDeliveredMessageIsHidden() throws InterruptedException {
    send("body", Map.of());
    receiveOne();

    assertThat(queue().receive(10)).isEmpty();
  }

  @Test
  void aMessageThatIsGivenBackIsDeliveredAgain() throws InterruptedException {
    send("body", Map.of());
    Delivery first = receiveOne();
    assertThat(queue().extend(List.of(first.receipt()), NOW))
        .containsExactly(new EntryResult.Done());
    Delivery second = receiveOne();

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.receiveCount()).isEqualTo(2);
    assertThat(second.sentAt()).isEqualTo(first.sentAt());
    assertThat(second.receipt()).isNotEqualTo(first.receipt());
  }

  @Test
  void anExtendedMessageStaysHidden() throws InterruptedException {
    send("body", Map.of());
    Receipt receipt = receiveOne().receipt();

    assertThat(queue().extend(List.of(receipt), VISIBILITY))
        .containsExactly(new EntryResult.Done());
    assertThat(queue().extend(List.of(receipt), VISIBILITY))
        .containsExactly(new EntryResult.Done());
    assertThat(queue().receive(10)).isEmpty();
  }

  @Test
  void aDeletedMessageNeverComesBack() throws InterruptedException {
    send("body", Map.of());
    Receipt receipt = receiveOne().receipt();
    assertThat(queue().delete(List.of(receipt))).containsExactly(new EntryResult.Done());
    List<EntryResult> late = queue().extend(List.of(receipt), NOW);

    assertThat(late).hasSize(1);
    assertThat(queue().receive(10)).isEmpty();
  }

  @Test
  void aRepeatedDeleteIsNoFailure() throws InterruptedException {
    send("body", Map.of());
    Receipt receipt = receiveOne().receipt();
    queue().delete(List.of(receipt));

    assertThat(queue().delete(List.of(receipt)))
        .hasSize(1)
        .doesNotHaveAnyElementsOfTypes(EntryResult.Failed.class);
  }

  @Test
  void aFullBatchIsAnsweredEntryByEntry() throws InterruptedException {
    for (int i = 0; i < ScanQueue.BATCH; i++) {
      send("body " + i, Map.of());
    }
    List<Receipt> receipts = receiveAll(ScanQueue.BATCH);

    assertThat(queue().extend(receipts, VISIBILITY))
        .hasSize(ScanQueue.BATCH)
        .containsOnly(new EntryResult.Done());
    assertThat(queue().delete(receipts))
        .hasSize(ScanQueue.BATCH)
        .containsOnly(new EntryResult.Done());
  }

  @Test
  void aBadReceiptHarmsNoOtherEntry() throws InterruptedException {
    send("one", Map.of());
    send("two", Map.of());
    List<Receipt> good = receiveAll(2);
    Receipt bad = new Receipt(new MessageId("no-such-message"), "no-such-handle");

    List<EntryResult> results = queue().delete(List.of(good.get(0), bad, good.get(1)));

    assertThat(results).hasSize(3);
    assertThat(results.get(0)).isEqualTo(new EntryResult.Done());
    assertThat(results.get(1)).isNotEqualTo(new EntryResult.Done());
    assertThat(results.get(2)).isEqualTo(new EntryResult.Done());
  }

  @Test
  void theSameReceiptTwiceInABatchIsAnsweredTwice() throws InterruptedException {
    send("body", Map.of());
    Receipt receipt = receiveOne().receipt();

    assertThat(queue().extend(List.of(receipt, receipt), VISIBILITY)).hasSize(2);
    assertThat(queue().delete(List.of(receipt, receipt))).hasSize(2);
    assertThat(queue().receive(10)).isEmpty();
  }

  @Test
  void anEmptyBatchIsAnsweredWithNothing() throws InterruptedException {
    assertThat(queue().extend(List.of(), VISIBILITY)).isEmpty();
    assertThat(queue().delete(List.of())).isEmpty();
  }

  @Test
  void aCallOnAnInterruptedThreadIsLeft() throws InterruptedException {
    ScanQueue queue = queue();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> queue.receive(1)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private Delivery receiveOne() throws InterruptedException {
    List<Delivery> deliveries = queue().receive(1);
    assertThat(deliveries).hasSize(1);
    return deliveries.getFirst();
  }

  /** A receive may answer fewer than there are. */
  private List<Receipt> receiveAll(int count) throws InterruptedException {
    List<Receipt> receipts = new ArrayList<>();
    while (receipts.size() < count) {
      List<Delivery> deliveries = queue().receive(count - receipts.size());
      assertThat(deliveries).isNotEmpty();
      deliveries.forEach(delivery -> receipts.add(delivery.receipt()));
    }
    return receipts;
  }
}
