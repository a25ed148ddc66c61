package dev.mystical.scanner.aws;

import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.EntryResult;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.QueueState;
import dev.mystical.scanner.domain.queue.Receipt;
import dev.mystical.scanner.domain.queue.ScanQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/**
 * The scan queue on SQS. Immutable, for any thread.
 *
 * <p>Entries of batches are named by their position. A message id in its place fails the whole
 * batch ("BatchEntryIdsNotDistinct") as soon as one message is in it twice, which SQS's standard
 * queues do deliver.
 */
final class SqsScanQueue implements ScanQueue {
  private static final EntryResult DONE = new EntryResult.Done();
  private static final EntryResult UNTOLD =
      new EntryResult.Failed("SQS said nothing about this entry");

  private final SqsClient polling;
  private final SqsClient quick;
  private final String url;
  private final int waitSeconds;

  SqsScanQueue(SqsClient polling, SqsClient quick, String url, Duration longPoll) {
    this.polling = polling;
    this.quick = quick;
    this.url = url;
    this.waitSeconds = Math.toIntExact(longPoll.toSeconds());
  }

  @Override
  public QueueState inspect() throws InterruptedException {
    QueueAttributes attributes = QueueAttributes.read(quick, url);
    Optional<RedrivePolicy> policy = attributes.redrivePolicy();
    Optional<String> deadLetters =
        policy.isPresent()
            ? DeadLetterQueues.url(quick, url, policy.get().target())
            : Optional.empty();
    return new QueueState(
        attributes.visibility(), deadLetters, policy.flatMap(RedrivePolicy::maxReceives));
  }

  @Override
  public List<Delivery> receive(int max) throws InterruptedException {
    if (max < 1 || max > BATCH) {
      throw new IllegalArgumentException("1 to " + BATCH + " messages, not " + max);
    }
    // No VisibilityTimeout: the queue's own is the lease.
    ReceiveMessageRequest request =
        ReceiveMessageRequest.builder()
            .queueUrl(url)
            .maxNumberOfMessages(max)
            .waitTimeSeconds(waitSeconds)
            .messageSystemAttributeNames(
                MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                MessageSystemAttributeName.SENT_TIMESTAMP)
            .messageAttributeNames(MessageAttributes.READ)
            .build();
    return call("ReceiveMessage", () -> polling.receiveMessage(request)).messages().stream()
        .map(SqsScanQueue::delivery)
        .toList();
  }

  @Override
  public List<EntryResult> extend(List<Receipt> receipts, Duration visibility)
      throws InterruptedException {
    bounded(receipts);
    if (receipts.isEmpty()) {
      return List.of();
    }
    int seconds = Math.toIntExact(visibility.toSeconds());
    List<ChangeMessageVisibilityBatchRequestEntry> entries =
        IntStream.range(0, receipts.size())
            .mapToObj(position ->
                ChangeMessageVisibilityBatchRequestEntry.builder()
                    .id(Integer.toString(position))
                    .receiptHandle(receipts.get(position).handle())
                    .visibilityTimeout(seconds)
                    .build())
            .toList();
    var answer =
        call(
            "ChangeMessageVisibilityBatch",
            () -> quick.changeMessageVisibilityBatch(it -> it.queueUrl(url).entries(entries)));
    return results(
        receipts.size(),
        answer.successful().stream().map(ChangeMessageVisibilityBatchResultEntry::id).toList(),
        answer.failed());
  }

  @Override
  public List<EntryResult> delete(List<Receipt> receipts) throws InterruptedException {
    bounded(receipts);
    if (receipts.isEmpty()) {
      return List.of();
    }
    List<DeleteMessageBatchRequestEntry> entries =
        IntStream.range(0, receipts.size())
            .mapToObj(position ->
                DeleteMessageBatchRequestEntry.builder()
                    .id(Integer.toString(position))
                    .receiptHandle(receipts.get(position).handle())
                    .build())
            .toList();
    var answer =
        call(
            "DeleteMessageBatch",
            () -> quick.deleteMessageBatch(it -> it.queueUrl(url).entries(entries)));
    return results(
        receipts.size(),
        answer.successful().stream().map(DeleteMessageBatchResultEntry::id).toList(),
        answer.failed());
  }

  private static <T> T call(String operation, Supplier<T> call) throws InterruptedException {
    return SqsCall.of(operation, call);
  }

  private static void bounded(List<Receipt> receipts) {
    if (receipts.size() > BATCH) {
      throw new IllegalArgumentException("at most " + BATCH + " receipts: " + receipts.size());
    }
  }

  /** One result for each position; what is not known to be done is not done. */
  private static List<EntryResult> results(
      int size, List<String> done, List<BatchResultErrorEntry> failed) {
    Map<String, EntryResult> byPosition = new HashMap<>();
    done.forEach(position -> byPosition.put(position, DONE));
    failed.forEach(entry -> byPosition.put(entry.id(), SqsFailures.entry(entry)));
    List<EntryResult> results = new ArrayList<>(size);
    for (int position = 0; position < size; position++) {
      results.add(byPosition.getOrDefault(Integer.toString(position), UNTOLD));
    }
    return List.copyOf(results);
  }

  static Delivery delivery(Message message) {
    Map<MessageSystemAttributeName, String> system = message.attributes();
    String count = system.get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
    String sent = system.get(MessageSystemAttributeName.SENT_TIMESTAMP);
    return new Delivery(
        new Receipt(new MessageId(message.messageId()), message.receiptHandle()),
        message.body() == null ? "" : message.body(),
        MessageAttributes.texts(message),
        count == null ? 1 : Integer.parseInt(count),
        // Later than any now, which is what the intake makes of it.
        sent == null ? Instant.MAX : Instant.ofEpochMilli(Long.parseLong(sent)));
  }
}
