package dev.mystical.scanner.domain.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.simulation.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InMemoryScanQueueTest extends ScanQueueContract {
  private final MovableClock clock = new MovableClock();
  private final InMemoryScanQueue queue = new InMemoryScanQueue(clock, VISIBILITY, Optional.of(3));

  @Override
  protected ScanQueue queue() {
    return queue;
  }

  @Override
  protected MessageId send(String body, Map<String, String> attributes) {
    return queue.send(body, attributes);
  }

  @Test
  void aMessageShowsAgainWhenItsVisibilityEnds() throws InterruptedException {
    queue.send("body", Map.of());
    queue.receive(1);
    clock.advance(VISIBILITY.minusMillis(1));
    assertThat(queue.receive(1)).isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThat(queue.receive(1)).hasSize(1);
  }

  @Test
  void anOldReceiptIsWorthNothing() throws InterruptedException {
    MessageId id = queue.send("body", Map.of());
    Receipt old = queue.receive(1).getFirst().receipt();
    queue.deliverAgain(id);
    Receipt newest = queue.receive(1).getFirst().receipt();

    assertThat(queue.extend(List.of(old), VISIBILITY).getFirst())
        .isInstanceOf(EntryResult.Gone.class);
    assertThat(queue.delete(List.of(old)).getFirst()).isInstanceOf(EntryResult.Gone.class);
    assertThat(queue.delete(List.of(newest))).containsExactly(new EntryResult.Done());
  }

  @Test
  void aMessageThatIsReceivedTooOftenGoesToTheDeadLetters() throws InterruptedException {
    MessageId id = queue.send("body", Map.of());
    for (int i = 0; i < 3; i++) {
      assertThat(queue.receive(1)).hasSize(1);
      clock.advance(VISIBILITY);
    }

    assertThat(queue.receive(1)).isEmpty();
    assertThat(queue.deadLetters()).containsExactly(id);
    assertThat(queue.messages()).isEmpty();
  }

  @Test
  void aMessageIsHiddenForTwelveHoursInAll() throws InterruptedException {
    queue.send("body", Map.of());
    Receipt receipt = queue.receive(1).getFirst().receipt();

    assertThat(queue.extend(List.of(receipt), Duration.ofHours(12)))
        .containsExactly(new EntryResult.Done());
    clock.advance(Duration.ofSeconds(1));
    assertThat(queue.extend(List.of(receipt), Duration.ofHours(12)).getFirst())
        .isInstanceOf(EntryResult.Failed.class);
  }

  @Test
  void anUnansweredDeleteIsDone() throws InterruptedException {
    queue.send("body", Map.of());
    Receipt receipt = queue.receive(1).getFirst().receipt();
    queue.executeThenFail(1);

    assertThatThrownBy(() -> queue.delete(List.of(receipt))).isInstanceOf(QueueUnavailable.class);
    assertThat(queue.messages()).isEmpty();
  }

  @Test
  void aFailedCallAndAFailedEntryDoNothing() throws InterruptedException {
    queue.send("body", Map.of());
    queue.failNext(1);
    assertThatThrownBy(() -> queue.receive(1)).isInstanceOf(QueueUnavailable.class);
    Receipt receipt = queue.receive(1).getFirst().receipt();
    queue.failNextEntries(1);

    assertThat(queue.delete(List.of(receipt)).getFirst()).isInstanceOf(EntryResult.Failed.class);
    assertThat(queue.messages()).hasSize(1);
  }
}
