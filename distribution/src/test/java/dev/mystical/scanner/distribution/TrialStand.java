package dev.mystical.scanner.distribution;

import dev.mystical.scanner.stand.RedisServer;
import dev.mystical.scanner.stand.SqsProxy;
import dev.mystical.scanner.stand.SqsServer;
import dev.mystical.scanner.stand.ecs.Ladder;
import dev.mystical.scanner.stand.ecs.LocalEcs;
import dev.mystical.scanner.stand.ecs.LocalEcsSettings;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** An SQS, a Redis and an ECS on loopback, and the environment that leads a server to them. */
final class TrialStand implements AutoCloseable {
  private static final Duration VISIBILITY = Duration.ofSeconds(30);
  private static final String CLUSTER = "trial";
  static final String REQUEST =
      """
      {"project": {"key": "payments"},
       "target": {"type": "git", "url": "https://git.example.com/acme/payments.git", "ref": "main"},
       "providers": ["sonar"]}
      """;

  private final SqsServer sqs = SqsServer.start();
  private final SqsProxy proxy = SqsProxy.before(sqs.endpoint());
  private final RedisServer redis;
  private final LocalEcs ecs;
  private final SqsClient client;
  private final String deadLetters;
  private final String queue;
  private final String taskEvents;

  TrialStand() throws InterruptedException {
    redis = RedisServer.start();
    ecs = LocalEcs.start(LocalEcsSettings.defaults().withLadder(Ladder.instant()));
    deadLetters = sqs.createQueue("dead-letters", VISIBILITY);
    queue = sqs.createQueueWithDeadLetters("scans", VISIBILITY, 20, deadLetters);
    taskEvents = sqs.createQueue("task-events", VISIBILITY);
    client =
        SqsClient.builder()
            .endpointOverride(sqs.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("trial", "trial")))
            .build();
    ecs.createCluster(CLUSTER);
    ecs.registerTaskDefinition("sonar-task", "sonar", "sonar:1");
  }

  /** All that a server needs. */
  Map<String, String> environment() {
    Map<String, String> names = new TreeMap<>();
    names.put("AWS_ACCESS_KEY", "AKIDEXAMPLE");
    names.put("AWS_SECRET_KEY", "wJalrXUtnFEMI-K7MDENG-bPxRfiCYEXAMPLEKEY");
    names.put("AWS_REGION", "us-east-1");
    names.put("AWS_ENDPOINT_URL_SQS", proxy.endpoint().toString());
    names.put("AWS_ENDPOINT_URL_ECS", ecs.endpoint().toString());
    names.put("CLUSTER_NAME", CLUSTER);
    names.put("CONSUMER_QUEUE_URL", proxy.queueUrl(queue));
    names.put("TASK_EVENTS_QUEUE_URL", proxy.queueUrl(taskEvents));
    names.put("TASK_DEFINITION_SONAR", "sonar-task");
    names.put("CONTAINER_SONAR", "sonar");
    names.put("LAUNCH_TYPE", "FARGATE");
    names.put("SUBNETS", "subnet-0a1b2c3d");
    names.put("REDIS_URL", redis.uri().toString());
    names.put("HTTP_PORT", "0");
    names.put("LAUNCH_RATE", "1000");
    names.put("LAUNCH_BURST", "1000");
    return names;
  }

  void send(int scans) {
    for (int i = 0; i < scans; i++) {
      send(REQUEST);
    }
  }

  /** Any message at all. */
  void send(String body) {
    client.sendMessage(it -> it.queueUrl(queue).messageBody(body));
  }

  @Override
  public void close() {
    client.close();
    ecs.close();
    redis.close();
    proxy.close();
    sqs.close();
  }
}
