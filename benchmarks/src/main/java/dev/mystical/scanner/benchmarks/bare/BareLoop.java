package dev.mystical.scanner.benchmarks.bare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The least that does the job: receive ten, run a task for each on threads of their own, delete
 * what was run in one call. The SDK's clients are as they come but for a shared HTTP client with
 * room for all threads. There is no ledger, no lease, no pace, no supervision and no error feed.
 */
public final class BareLoop {
  private static final int BATCH = 10;
  private static final int BATCHES = 6;
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, String> env;
  private final SqsClient sqs;
  private final EcsClient ecs;
  private final String queue;
  private final Semaphore room = new Semaphore(BATCHES);
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

  private BareLoop(Map<String, String> env) {
    this.env = env;
    this.queue = setting("CONSUMER_QUEUE_URL");
    SdkHttpClient http = Apache5HttpClient.builder().maxConnections(BATCH * BATCHES + 8).build();
    URI endpoint = URI.create(setting("AWS_ENDPOINT_URL"));
    Region region = Region.of(setting("AWS_REGION"));
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(setting("AWS_ACCESS_KEY"), setting("AWS_SECRET_KEY")));
    this.sqs =
        SqsClient.builder()
            .httpClient(http)
            .endpointOverride(endpoint)
            .region(region)
            .credentialsProvider(credentials)
            .build();
    this.ecs =
        EcsClient.builder()
            .httpClient(http)
            .endpointOverride(endpoint)
            .region(region)
            .credentialsProvider(credentials)
            .build();
  }

  private String setting(String name) {
    String value = env.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is not set");
    }
    return value;
  }

  /** Runs until it is killed. */
  public static void main(String[] arguments) throws InterruptedException {
    new BareLoop(System.getenv()).run();
  }

  private void run() throws InterruptedException {
    while (true) {
      room.acquire();
      List<Message> messages = receive();
      if (messages.isEmpty()) {
        room.release();
      } else {
        workers.execute(() -> {
          try {
            batch(messages);
          } finally {
            room.release();
          }
        });
      }
    }
  }

  private List<Message> receive() {
    try {
      return sqs.receiveMessage(
              it -> it.queueUrl(queue).maxNumberOfMessages(BATCH).waitTimeSeconds(20))
          .messages();
    } catch (RuntimeException failed) {
      complain(failed);
      return List.of();
    }
  }

  private void batch(List<Message> messages) {
    List<Future<?>> launches = new ArrayList<>();
    for (Message message : messages) {
      launches.add(workers.submit(() -> launch(message)));
    }
    List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      if (launched(launches.get(i))) {
        entries.add(
            DeleteMessageBatchRequestEntry.builder()
                .id(Integer.toString(i))
                .receiptHandle(messages.get(i).receiptHandle())
                .build());
      }
    }
    if (!entries.isEmpty()) {
      sqs.deleteMessageBatch(it -> it.queueUrl(queue).entries(entries));
    }
  }

  private static boolean launched(Future<?> launch) {
    try {
      launch.get();
      return true;
    } catch (ExecutionException failed) {
      complain(failed);
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void launch(Message message) {
    JsonNode scan = read(message.body());
    String id = scan.path("scanId").asText();
    List<KeyValuePair> environment =
        List.of(
            variable("SCAN_ID", id),
            variable("SCAN_PROJECT_KEY", scan.path("project").path("key").asText()),
            variable("SCAN_TARGET_URL", scan.path("target").path("url").asText()));
    ecs.runTask(
        RunTaskRequest.builder()
            .cluster(setting("CLUSTER_NAME"))
            .taskDefinition(setting("TASK_DEFINITION_SONAR"))
            .launchType(LaunchType.FARGATE)
            .networkConfiguration(net ->
                net.awsvpcConfiguration(
                    vpc -> vpc.subnets(setting("SUBNETS")).assignPublicIp(AssignPublicIp.DISABLED)))
            .startedBy("scan/" + id + "/sonar")
            .overrides(over ->
                over.containerOverrides(
                    ContainerOverride.builder()
                        .name(setting("CONTAINER_SONAR"))
                        .environment(environment)
                        .build()))
            .build());
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KeyValuePair variable(String name, String value) {
    return KeyValuePair.builder().name(name).value(value).build();
  }

  @SuppressWarnings("SystemOut") // a program without a log
  private static void complain(Throwable failure) {
    System.err.println(failure);
  }
}
