package dev.mystical.scanner.aws;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A queue's settings, as SQS tells them. */
record QueueAttributes(Map<QueueAttributeName, String> values) {
  // AWS's own defaults, for servers that leave something out.
  private static final int VISIBILITY = 30;
  private static final int RETENTION = 345_600;

  static QueueAttributes read(SqsClient sqs, String url) throws InterruptedException {
    return new QueueAttributes(
        SqsCall.of(
                "GetQueueAttributes",
                () ->
                    sqs.getQueueAttributes(it ->
                        it.queueUrl(url)
                            .attributeNames(
                                QueueAttributeName.VISIBILITY_TIMEOUT,
                                QueueAttributeName.MESSAGE_RETENTION_PERIOD,
                                QueueAttributeName.REDRIVE_POLICY)))
            .attributes());
  }

  Duration visibility() {
    return seconds(QueueAttributeName.VISIBILITY_TIMEOUT, VISIBILITY);
  }

  Duration retention() {
    return seconds(QueueAttributeName.MESSAGE_RETENTION_PERIOD, RETENTION);
  }

  Optional<RedrivePolicy> redrivePolicy() {
    return Optional.ofNullable(values.get(QueueAttributeName.REDRIVE_POLICY))
        .flatMap(RedrivePolicy::parse);
  }

  private Duration seconds(QueueAttributeName name, int absent) {
    String value = values.get(name);
    return Duration.ofSeconds(value == null ? absent : Long.parseLong(value));
  }
}
