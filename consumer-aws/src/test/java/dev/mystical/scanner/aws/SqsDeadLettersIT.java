package dev.mystical.scanner.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.queue.DeadLetters;
import dev.mystical.scanner.domain.queue.DeadLettersContract;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.Receipt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.stand.SqsServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

class SqsDeadLettersIT extends DeadLettersContract {
  private static SqsServer server;

  // A copy that was read once is hidden for a while.
  private final List<Copy> copies = new ArrayList<>();
  private AwsClients clients;
  private SqsClient reader;
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
    clients = TestClients.of(server.endpoint());
    reader = reader(server.endpoint());
    url = server.createQueue("dead-" + UUID.randomUUID(), Duration.ofSeconds(30));
  }

  @AfterEach
  void close() {
    reader.close();
    clients.close();
  }

  @Override
  protected DeadLetters deadLetters() {
    return clients.deadLetters(Optional.of(url));
  }

  @Override
  protected List<Copy> copies() {
    for (List<Message> some = receive(); !some.isEmpty(); some = receive()) {
      some.forEach(
          message -> copies.add(new Copy(message.body(), MessageAttributes.texts(message))));
    }
    return List.copyOf(copies);
  }

  @Test
  void withoutAPlaceNothingIsCopied() throws InterruptedException {
    DeadLetters none = clients.deadLetters(Optional.empty());

    assertThat(none.known()).isFalse();
    none.copy(delivery("body"), ErrorCode.MESSAGE_INVALID);
    assertThat(copies()).isEmpty();
  }

  @Test
  void theAttributesHaveTheirNames() throws InterruptedException {
    deadLetters().copy(delivery("body"), ErrorCode.MESSAGE_INVALID);

    assertThat(copies().getFirst().attributes())
        .containsOnly(
            Map.entry("sourceMessageId", "message-1"), Map.entry("code", "MESSAGE_INVALID"));
  }

  /** A queue takes a body of 1 MiB; a copy with attributes of its own is longer. */
  @Test
  void theLongestBodyIsCutAndSaysSo() throws InterruptedException {
    deadLetters().copy(delivery("x".repeat(1024 * 1024)), ErrorCode.MESSAGE_INVALID);

    Copy copy = copies().getFirst();
    assertThat(copy.body()).hasSizeLessThan(1024 * 1024).hasSizeGreaterThan(200_000);
    assertThat(copy.attributes()).containsEntry("cutFrom", "1048576");
  }

  /** A sender's attributes may be as long as a message. */
  @Test
  void whatIsNoSignatureIsLeftBehind() throws InterruptedException {
    Delivery poison =
        new Delivery(
            delivery("body").receipt(),
            "body",
            Map.of("signature", "x".repeat(100_000), "other", "o"),
            1,
            Instant.EPOCH);

    deadLetters().copy(poison, ErrorCode.MESSAGE_INVALID);

    assertThat(copies().getFirst().attributes()).containsOnlyKeys("sourceMessageId", "code");
  }

  private List<Message> receive() {
    return reader
        .receiveMessage(it -> it.queueUrl(url).maxNumberOfMessages(10).messageAttributeNames("All"))
        .messages();
  }

  private static Delivery delivery(String body) {
    return new Delivery(
        new Receipt(new MessageId("message-1"), "handle"), body, Map.of(), 1, Instant.EPOCH);
  }

  private static SqsClient reader(URI endpoint) {
    return SqsClient.builder()
        .endpointOverride(endpoint)
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDTEST", "secret")))
        .build();
  }
}
