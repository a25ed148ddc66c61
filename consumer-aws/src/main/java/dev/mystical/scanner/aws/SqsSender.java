package dev.mystical.scanner.aws;

import dev.mystical.scanner.domain.queue.MessageId;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Sends messages to one queue. Immutable, for any thread. */
public final class SqsSender {
  private final SqsClient sqs;
  private final String url;

  SqsSender(SqsClient sqs, String url) {
    this.sqs = sqs;
    this.url = url;
  }

  /**
   * Sends a message. Blocks for one call of bounded length. At least once: it may have been sent
   * though {@link dev.mystical.scanner.domain.queue.QueueUnavailable} is thrown. SQS takes at most
   * ten attributes, none of them empty, and with them 1 MiB in all.
   */
  public MessageId send(String body, Map<String, String> attributes) throws InterruptedException {
    return new MessageId(
        SqsCall.of(
            "SendMessage",
            () ->
                sqs.sendMessage(it ->
                        it.queueUrl(url)
                            .messageBody(body)
                            .messageAttributes(MessageAttributes.values(attributes)))
                    .messageId()));
  }
}
