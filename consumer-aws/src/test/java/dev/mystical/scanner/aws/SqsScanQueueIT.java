package dev.mystical.scanner.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.EntryResult;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.QueueUnavailable;
import dev.mystical.scanner.domain.queue.QueueUnavailable.Kind;
import dev.mystical.scanner.domain.queue.Receipt;
import dev.mystical.scanner.domain.queue.ScanQueue;
import dev.mystical.scanner.domain.queue.ScanQueueContract;
import dev.mystical.scanner.stand.SqsFault;
import dev.mystical.scanner.stand.SqsProxy;
import dev.mystical.scanner.stand.SqsServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SqsScanQueueIT extends ScanQueueContract {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static SqsServer server;

  private SqsProxy proxy;
  private AwsClients clients;
  private String url;

  @BeforeAll
  static void startServer() {
    server = SqsServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void open() throws InterruptedException {
    proxy = SqsProxy.before(server.endpoint());
    clients = TestClients.of(proxy.endpoint());
    url = proxy.queueUrl(server.createQueue("scans-" + UUID.randomUUID(), VISIBILITY));
  }

  @AfterEach
  void close() {
    clients.close();
    proxy.close();
  }

  @Override
  protected ScanQueue queue() {
    return clients.queue(url);
  }

  @Override
  protected MessageId send(String body, Map<String, String> attributes)
      throws InterruptedException {
    return clients.sender(url).send(body, attributes);
  }

  @Test
  void theQueueNamesItsDeadLetterQueue() throws InterruptedException {
    String dead = server.createQueue("dead-" + UUID.randomUUID(), VISIBILITY);
    String source =
        server.createQueueWithDeadLetters("scans-" + UUID.randomUUID(), VISIBILITY, 7, dead);

    var state = clients.queue(proxy.queueUrl(source)).inspect();

    assertThat(state.deadLetterQueue()).contains(proxy.queueUrl(dead));
    assertThat(state.maxReceives()).contains(7);
    assertThat(queue().inspect().deadLetterQueue()).isEmpty();
  }

  @Test
  void aDeadLetterQueueThatMayNotBeLookedUpIsFoundBesideItsSource() throws InterruptedException {
    String dead = server.createQueue("dead-" + UUID.randomUUID(), VISIBILITY);
    String source =
        server.createQueueWithDeadLetters("scans-" + UUID.randomUUID(), VISIBILITY, 7, dead);
    proxy.next("GetQueueUrl", 1, new SqsFault.Refuse("AccessDenied", 403));

    assertThat(clients.queue(proxy.queueUrl(source)).inspect().deadLetterQueue())
        .contains(proxy.queueUrl(dead));
  }

  @Test
  void onlyAttributesThatMeanSomethingAreAskedFor() throws InterruptedException {
    send("body", Map.of("signature", "s", "traceparent", "t", "other", "o"));

    assertThat(queue().receive(1).getFirst().attributes())
        .containsOnlyKeys("signature", "traceparent");
  }

  @Test
  void entriesFailOneByOne() throws InterruptedException {
    List<Receipt> receipts = deliver(3);
    proxy.next(
        "DeleteMessageBatch", 1, new SqsFault.FailEntries(Set.of(1), "InternalError", false));

    List<EntryResult> results = queue().delete(receipts);

    assertThat(results.get(0)).isEqualTo(new EntryResult.Done());
    assertThat(results.get(1)).isInstanceOf(EntryResult.Failed.class);
    assertThat(results.get(2)).isEqualTo(new EntryResult.Done());
    assertThat(queue().delete(List.of(receipts.get(1)))).containsExactly(new EntryResult.Done());
  }

  /** With message ids as entry ids SQS refuses the whole batch: BatchEntryIdsNotDistinct. */
  @Test
  void oneMessageTwiceInABatchIsNoTrouble() throws InterruptedException {
    Receipt first = deliver(1).getFirst();
    queue().extend(List.of(first), Duration.ZERO);
    Receipt second = queue().receive(1).getFirst().receipt();
    assertThat(second.message()).isEqualTo(first.message());

    assertThat(queue().extend(List.of(second, second), VISIBILITY)).hasSize(2);
    List<EntryResult> results = queue().delete(List.of(second, first));

    assertThat(results.get(0)).isEqualTo(new EntryResult.Done());
    assertThat(queue().receive(10)).isEmpty();
  }

  @Test
  void aReceiveIsTriedOnceAndADeleteAFewTimes() throws InterruptedException {
    Receipt receipt = deliver(1).getFirst();
    proxy.resetCalls();
    proxy.next("ReceiveMessage", 1, new SqsFault.Refuse("InternalError", 500));
    proxy.next("DeleteMessageBatch", 2, new SqsFault.Cut());

    assertThatThrownBy(() -> queue().receive(1)).isInstanceOf(QueueUnavailable.class);
    assertThat(proxy.calls("ReceiveMessage")).isEqualTo(1);
    assertThat(queue().delete(List.of(receipt))).containsExactly(new EntryResult.Done());
    assertThat(proxy.calls("DeleteMessageBatch")).isEqualTo(3);
  }

  @Test
  void aDeleteWhoseAnswerWasLostIsRepeated() throws InterruptedException {
    Receipt receipt = deliver(1).getFirst();
    proxy.next("DeleteMessageBatch", 1, new SqsFault.DropAnswer());

    assertThat(queue().delete(List.of(receipt)))
        .doesNotHaveAnyElementsOfTypes(EntryResult.Failed.class);
  }

  @Test
  void aMissingQueueIsForAPersonToMendAndIsNotCreated() {
    ScanQueue none = clients.queue(url + "-none");

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> none.receive(1))
          .isInstanceOfSatisfying(
              QueueUnavailable.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION));
    }
  }

  @Test
  void anOutagePasses() throws InterruptedException {
    proxy.outage();
    assertThatThrownBy(() -> queue().receive(1))
        .isInstanceOfSatisfying(
            QueueUnavailable.class, e -> assertThat(e.kind()).isEqualTo(Kind.PASSING));
    proxy.heal();
    send("body", Map.of());

    assertThat(queue().receive(1)).hasSize(1);
  }

  @Test
  void anInterruptEndsALongPollAtOnceAndThePoolIsUsableAfterwards() throws InterruptedException {
    Deadlines production =
        new Deadlines(
            Duration.ofSeconds(20),
            Duration.ofSeconds(28),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20));
    // One connection: if an interrupt lost it, the next call would find none.
    try (AwsClients single = TestClients.of(proxy.endpoint(), production, 1)) {
      for (int i = 1; i <= 3; i++) {
        BlockingQueue<Object> ends = new ArrayBlockingQueue<>(1);
        Thread poller = poll(single.queue(url), ends);
        assertThat(proxy.awaitCalls("ReceiveMessage", i, LIMIT)).isTrue();
        long asked = System.nanoTime();
        poller.interrupt();

        assertThat(ends.poll(LIMIT.toSeconds(), TimeUnit.SECONDS))
            .isInstanceOf(InterruptedException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(5));
        assertThat(single.queue(url).inspect().visibility()).isEqualTo(VISIBILITY);
        // Ends the poll at the server, which notices no leaver and would not stop before.
        send("body", Map.of());
      }
    }
  }

  private static Thread poll(ScanQueue queue, BlockingQueue<Object> ends) {
    return Thread.ofVirtual()
        .name("poller")
        .start(() -> {
          try {
            ends.add(queue.receive(10));
          } catch (InterruptedException | RuntimeException e) {
            ends.add(e);
          }
        });
  }

  private List<Receipt> deliver(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      send("body " + i, Map.of());
    }
    List<Receipt> receipts = queue().receive(count).stream().map(Delivery::receipt).toList();
    assertThat(receipts).hasSize(count);
    return receipts;
  }
}
