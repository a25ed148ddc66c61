package dev.mystical.scanner.stand.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.stand.SqsServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

class SqsTaskEventsIT {

  @Test
  void everyStateArrivesInTheQueueAndSomeOfThemTwice() throws InterruptedException {
    try (SqsServer server = SqsServer.start();
        SqsClient sqs =
            SqsClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .build()) {
      String queue = server.createQueue("task-events", Duration.ofSeconds(30));
      try (Stand stand = new Stand(Stand.stepped().withEvents(new SqsTaskEvents(sqs, queue)))) {
        stand.ecs.disorder(new EventDisorder(4, 5, 0));
        stand.ecs.fate(FateRule.next(Fate.exits(0, Duration.ofSeconds(1))));
        String arn = stand.launch();
        stand.seconds(60);
        List<String> statuses = new ArrayList<>();
        while (statuses.size() < 10) {
          for (Message message : receive(sqs, queue)) {
            var detail = Json.read(message.body()).path("detail");
            assertThat(detail.path("taskArn").asText()).isEqualTo(arn);
            statuses.add(detail.path("lastStatus").asText());
          }
        }
        assertThat(statuses)
            .containsExactlyInAnyOrder(
                "PROVISIONING",
                "PENDING",
                "ACTIVATING",
                "RUNNING",
                "RUNNING",
                "DEACTIVATING",
                "STOPPING",
                "DEPROVISIONING",
                "DEPROVISIONING",
                "STOPPED");
      }
    }
  }

  private static List<Message> receive(SqsClient sqs, String queue) {
    List<Message> some =
        sqs.receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(10))
            .messages();
    assertThat(some).as("within ten seconds").isNotEmpty();
    return some;
  }
}
