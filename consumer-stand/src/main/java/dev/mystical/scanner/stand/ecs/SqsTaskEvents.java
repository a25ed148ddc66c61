package dev.mystical.scanner.stand.ecs;

import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Task events into an SQS queue, as an EventBridge rule with an SQS target sends them: body =
 * event.
 */
public final class SqsTaskEvents implements TaskEvents {

  private final SqsClient sqs;
  private final String queueUrl;

  /** The client stays the caller's, who closes it. */
  public SqsTaskEvents(SqsClient sqs, String queueUrl) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  @Override
  public void deliver(String event) {
    sqs.sendMessage(message -> message.queueUrl(queueUrl).messageBody(event));
  }
}
