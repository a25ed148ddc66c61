package dev.mystical.scanner.benchmarks.stub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StubQueueTest {
  private static final StubRules AT_ONCE = StubRules.WELL.withVisibility(Duration.ZERO);

  @Test
  void whatIsHeldIsHiddenAndStillThere() throws InterruptedException {
    StubQueue queue = new StubQueue(StubRules.WELL);
    queue.send("one");

    assertThat(receive(queue)).hasSize(1);
    assertThat(receive(queue)).isEmpty();
    assertThat(queue.left()).containsExactly("one");
  }

  @Test
  void whatIsHeldTooLongComesAgainAndAnOldReceiptDeletesIt() throws InterruptedException {
    StubQueue queue = new StubQueue(AT_ONCE);
    queue.send("one");
    String first = receive(queue).getFirst().receipt();

    StubQueue.Received again = receive(queue).getFirst();
    queue.delete(first);

    assertThat(again.receives()).isEqualTo(2);
    assertThat(queue.size()).isZero();
    assertThat(receive(queue)).isEmpty();
  }

  @Test
  void afterTooManyReceivesItIsADeadLetter() throws InterruptedException {
    StubQueue queue = new StubQueue(AT_ONCE);
    queue.send("one");
    for (int i = 0; i < AT_ONCE.maxReceives(); i++) {
      assertThat(receive(queue)).hasSize(1);
    }

    assertThat(receive(queue)).isEmpty();
    assertThat(queue.deadLetters()).containsExactly("one");
    assertThat(queue.size()).isZero();
  }

  @Test
  void aDuplicateHasToBeDeletedItself() throws InterruptedException {
    StubQueue queue = new StubQueue(StubRules.WELL.withDuplicates(1));
    queue.send("one");
    queue.delete(receive(queue).getFirst().receipt());

    StubQueue.Received twin = queue.receive(10, Duration.ofSeconds(10)).getFirst();
    assertThat(twin.message().id()).isEqualTo("m-0");
    queue.delete(twin.receipt());

    assertThat(queue.size()).isZero();
  }

  private static List<StubQueue.Received> receive(StubQueue queue) throws InterruptedException {
    return queue.receive(10, Duration.ZERO);
  }
}
