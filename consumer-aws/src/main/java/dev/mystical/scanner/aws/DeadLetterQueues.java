package dev.mystical.scanner.aws;

import dev.mystical.scanner.domain.queue.QueueUnavailable;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Finds the URL of the queue that a redrive policy names by ARN. */
final class DeadLetterQueues {
  private static final int ACCOUNT = 4;
  private static final int NAME = 5;

  private DeadLetterQueues() {}

  /** Nothing where the policy names a queue that is not there. */
  static Optional<String> url(SqsClient sqs, String sourceUrl, String arn)
      throws InterruptedException {
    String[] parts = arn.split(":", -1);
    if (parts.length <= NAME) {
      return Optional.empty();
    }
    try {
      return SqsCall.of("GetQueueUrl", () -> lookUp(sqs, parts[ACCOUNT], parts[NAME]));
    } catch (QueueUnavailable e) {
      // GetQueueUrl is a permission of its own, which a consumer needs for nothing else.
      if (e.kind() == QueueUnavailable.Kind.CONFIGURATION) {
        return Optional.of(sibling(sourceUrl, parts[ACCOUNT], parts[NAME]));
      }
      throw e;
    }
  }

  private static Optional<String> lookUp(SqsClient sqs, String account, String name) {
    try {
      return Optional.of(
          sqs.getQueueUrl(it -> it.queueName(name).queueOwnerAWSAccountId(account)).queueUrl());
    } catch (QueueDoesNotExistException e) {
      return Optional.empty();
    }
  }

  /** Queue URLs end in account and name, and a dead-letter queue is of its source's region. */
  static String sibling(String url, String account, String name) {
    int slash = url.lastIndexOf('/', url.lastIndexOf('/') - 1);
    return url.substring(0, slash + 1) + account + "/" + name;
  }
}
