package dev.mystical.scanner.stand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class SqsServerIT {

  @Test
  void queueHasTheVisibilityThatWasAskedFor() throws InterruptedException {
    try (SqsServer server = SqsServer.start();
        SqsClient sqs = SqsClients.of(server.endpoint())) {
      String queue = server.createQueue("scans", Duration.ofSeconds(17));

      assertThat(queue).startsWith(server.endpoint().toString());
      assertThat(
              sqs.getQueueAttributes(
                      r -> r.queueUrl(queue).attributeNames(QueueAttributeName.VISIBILITY_TIMEOUT))
                  .attributes()
                  .get(QueueAttributeName.VISIBILITY_TIMEOUT))
          .isEqualTo("17");
    }
  }

  @Test
  void messageReceivedTooOftenGoesToTheDeadLetters() throws InterruptedException {
    try (SqsServer server = SqsServer.start();
        SqsClient sqs = SqsClients.of(server.endpoint())) {
      String dead = server.createQueue("dead", Duration.ofSeconds(30));
      String queue = server.createQueueWithDeadLetters("scans", Duration.ZERO, 2, dead);
      sqs.sendMessage(r -> r.queueUrl(queue).messageBody("poison"));

      for (int i = 0; i < 3; i++) {
        sqs.receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(1));
      }

      List<Message> letters =
          sqs.receiveMessage(r -> r.queueUrl(dead).waitTimeSeconds(5)).messages();
      assertThat(letters).extracting(Message::body).containsExactly("poison");
    }
  }

  @Test
  void nothingListensAfterClose() {
    SqsServer server = SqsServer.start();
    server.close();

    try (SqsClient sqs = SqsClients.of(server.endpoint())) {
      assertThatThrownBy(sqs::listQueues).isInstanceOf(SdkClientException.class);
    }
  }
}
