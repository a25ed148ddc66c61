package dev.mystical.scanner.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.queue.DeadLetterBox;
import dev.mystical.scanner.domain.queue.DeadLetterBoxContract;
import dev.mystical.scanner.domain.queue.DeadLetters;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.EntryResult;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.QueueUnavailable;
import dev.mystical.scanner.domain.queue.QueueUnavailable.Kind;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.stand.SqsFault;
import dev.mystical.scanner.stand.SqsProxy;
import dev.mystical.scanner.stand.SqsServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SqsDeadLetterBoxIT extends DeadLetterBoxContract {
  /** The queue's own, which the box has no use for. */
  private static final Duration VISIBILITY = Duration.ZERO;

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
    url = proxy.queueUrl(server.createQueue("dead-" + UUID.randomUUID(), VISIBILITY));
  }

  @AfterEach
  void close() {
    clients.close();
    proxy.close();
  }

  @Override
  protected DeadLetterBox box() {
    return clients.deadLetterBox(url);
  }

  @Override
  protected MessageId put(String body, Map<String, String> attributes) throws InterruptedException {
    return clients.sender(url).send(body, attributes);
  }

  /** Whoever sends a message could else make it pass for a copy, of which all is told. */
  @Test
  void whatSqsItselfHasMovedIsNoCopy() throws InterruptedException {
    String scans =
        proxy.queueUrl(
            server.createQueueWithDeadLetters("scans-" + UUID.randomUUID(), VISIBILITY, 1, url));
    MessageId id =
        clients
            .sender(scans)
            .send("{}", Map.of(DeadLetters.CODE, "INTERNAL", DeadLetters.SOURCE, "m-1"));
    clients.queue(scans).receive(1);
    assertThat(clients.queue(scans).receive(1)).isEmpty();

    Delivery letter = box().receive().getFirst();

    assertThat(letter.id()).isEqualTo(id);
    assertThat(letter.attributes()).containsOnlyKeys(DeadLetters.SOURCE);
  }

  @Test
  void aCopyIsFoundAsItWasMade() throws InterruptedException {
    put("no request", Map.of("signature", "s"));
    Delivery poison = box().receive().getFirst();
    box().delete(List.of(poison.receipt()));

    clients.deadLetters(Optional.of(url)).copy(poison, ErrorCode.PROVIDER_UNKNOWN);

    assertThat(box().receive().getFirst().attributes())
        .isEqualTo(
            Map.of(
                "sourceMessageId", poison.id().value(),
                "code", "PROVIDER_UNKNOWN",
                "signature", "s"));
  }

  @Test
  void entriesFailOneByOne() throws InterruptedException {
    put("{}", Map.of());
    put("{}", Map.of());
    List<Delivery> letters = box().receive();
    assertThat(letters).hasSize(2);
    proxy.next(
        "DeleteMessageBatch", 1, new SqsFault.FailEntries(Set.of(0), "InternalError", false));

    List<EntryResult> results = box().delete(letters.stream().map(Delivery::receipt).toList());

    assertThat(results.get(0)).isInstanceOf(EntryResult.Failed.class);
    assertThat(results.get(1)).isEqualTo(new EntryResult.Done());
  }

  @Test
  void aMissingQueueIsForAPersonToMend() {
    DeadLetterBox none = clients.deadLetterBox(url + "-none");

    assertThatThrownBy(none::count)
        .isInstanceOfSatisfying(
            QueueUnavailable.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION));
    assertThatThrownBy(none::receive).isInstanceOf(QueueUnavailable.class);
  }
}
