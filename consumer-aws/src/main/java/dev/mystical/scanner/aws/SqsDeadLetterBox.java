package dev.mystical.scanner.aws;

import dev.mystical.scanner.domain.queue.DeadLetterBox;
import dev.mystical.scanner.domain.queue.DeadLetters;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.EntryResult;
import dev.mystical.scanner.domain.queue.Receipt;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/** The dead letters in a queue of SQS. Immutable, for any thread. */
final class SqsDeadLetterBox implements DeadLetterBox {
  /** Time to look at a batch; short, so that those who look next find what is left here. */
  private static final int HIDDEN_SECONDS = 30;

  /** A poll without any wait asks some of SQS's servers alone, and may find nothing. */
  private static final int WAIT_SECONDS = 1;

  private static final List<QueueAttributeName> COUNTS =
      List.of(
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED);

  private final SqsClient sqs;
  private final String url;
  private final SqsScanQueue queue;

  SqsDeadLetterBox(SqsClient sqs, String url) {
    this.sqs = sqs;
    this.url = url;
    this.queue = new SqsScanQueue(sqs, sqs, url, Duration.ZERO);
  }

  @Override
  public int count() throws InterruptedException {
    return SqsCall.of(
            "GetQueueAttributes",
            () -> sqs.getQueueAttributes(it -> it.queueUrl(url).attributeNames(COUNTS)))
        .attributes()
        .values()
        .stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }

  @Override
  public List<Delivery> receive() throws InterruptedException {
    ReceiveMessageRequest request =
        ReceiveMessageRequest.builder()
            .queueUrl(url)
            .maxNumberOfMessages(BATCH)
            .waitTimeSeconds(WAIT_SECONDS)
            .visibilityTimeout(HIDDEN_SECONDS)
            .messageSystemAttributeNames(
                MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                MessageSystemAttributeName.SENT_TIMESTAMP,
                MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN)
            .messageAttributeNames(MessageAttributes.READ_DEAD)
            .build();
    return SqsCall.of("ReceiveMessage", () -> sqs.receiveMessage(request)).messages().stream()
        .map(SqsDeadLetterBox::delivery)
        .toList();
  }

  @Override
  public List<EntryResult> delete(List<Receipt> receipts) throws InterruptedException {
    return queue.delete(receipts);
  }

  @Override
  public List<EntryResult> giveBack(List<Receipt> receipts) throws InterruptedException {
    return queue.extend(receipts, Duration.ZERO);
  }

  /** SQS says of a message that it has moved itself where it came from; of a copy it does not. */
  private static Delivery delivery(Message message) {
    Delivery delivery = SqsScanQueue.delivery(message);
    String source =
        message.attributes().get(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN);
    if (source == null) {
      return delivery;
    }
    Map<String, String> attributes = new HashMap<>(delivery.attributes());
    attributes.remove(DeadLetters.CODE);
    return new Delivery(
        delivery.receipt(),
        delivery.body(),
        attributes,
        delivery.receiveCount(),
        delivery.sentAt());
  }
}
