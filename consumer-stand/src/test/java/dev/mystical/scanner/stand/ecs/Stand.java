package dev.mystical.scanner.stand.ecs;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/** A local ECS with a cluster and a task definition, and the AWS SDK's own client for it. */
final class Stand implements AutoCloseable {

  static final String CLUSTER = "scans";
  static final String FAMILY = "sonar";
  static final String CONTAINER = "scanner";
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final LocalEcs ecs;
  final EcsClient client;

  Stand(LocalEcsSettings settings) {
    ecs = LocalEcs.start(settings);
    ecs.createCluster(CLUSTER);
    ecs.registerTaskDefinition(FAMILY, CONTAINER, "sonar:1");
    client = client(ecs.endpoint(), false);
  }

  /** Time that stands still, a second in each state, no limits. */
  static LocalEcsSettings stepped() {
    return LocalEcsSettings.defaults()
        .withTime(StandTime.handStepped(START))
        .withLimits(Limits.none())
        .withCommands(ContainerCommands.all(Fate.runsOn()))
        .withLadder(Ladder.evenly(Duration.ofSeconds(1)));
  }

  static Stand atHand() {
    return new Stand(stepped());
  }

  static EcsClient client(URI endpoint, boolean retries) {
    return EcsClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDTEST", "secret")))
        .httpClientBuilder(
            Apache5HttpClient.builder().maxConnections(64).socketTimeout(Duration.ofSeconds(20)))
        .overrideConfiguration(c ->
            c.retryStrategy(
                retries ? AwsRetryStrategy.standardRetryStrategy() : AwsRetryStrategy.doNotRetry()))
        .build();
  }

  static RunTaskRequest.Builder request() {
    return RunTaskRequest.builder()
        .cluster(CLUSTER)
        .taskDefinition(FAMILY)
        .launchType("FARGATE")
        .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets("subnet-1")));
  }

  RunTaskResponse run() {
    return client.runTask(request().build());
  }

  /** Launches one task and gives its ARN. */
  String launch() {
    return run().tasks().getFirst().taskArn();
  }

  Task task(String arn) {
    return describe(arn).tasks().getFirst();
  }

  DescribeTasksResponse describe(String... arns) {
    return client.describeTasks(d -> d.cluster(CLUSTER).tasks(List.of(arns)));
  }

  void seconds(long seconds) {
    ecs.advance(Duration.ofSeconds(seconds));
  }

  @Override
  public void close() {
    client.close();
    ecs.close();
  }
}
