package dev.mystical.scanner.app.system;

import dev.mystical.scanner.stand.RedisServer;
import dev.mystical.scanner.stand.SqsProxy;
import dev.mystical.scanner.stand.SqsServer;
import dev.mystical.scanner.stand.ecs.LocalEcs;
import dev.mystical.scanner.stand.ecs.LocalEcsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** An SQS, a Redis and an ECS for a test of its own, and the settings that lead to them. */
final class SystemStand implements AutoCloseable {
  static final String CLUSTER = "mystical-infrastructure-cluster";

  /** Together longer than the dead letters' visibility timeout. */
  private static final int RECEIVE_SECONDS = 5;

  private static final int MOST_EMPTY_RECEIVES = 8;

  private final Path folder;
  private final SqsServer sqs = SqsServer.start();
  private final SqsProxy proxy = SqsProxy.before(sqs.endpoint());
  private final RedisServer redis;
  private final LocalEcs ecs;
  private final SqsClient client;
  private final String deadLetters;
  private final String queue;
  private final List<Replica> replicas = new ArrayList<>();

  private SystemStand(Path folder, LocalEcsSettings settings, Duration visibility)
      throws InterruptedException {
    this.folder = folder;
    this.redis = RedisServer.start();
    this.ecs = LocalEcs.start(settings);
    this.deadLetters = sqs.createQueue("dead-letters", Duration.ofSeconds(30));
    this.queue = sqs.createQueueWithDeadLetters("scans", visibility, 20, deadLetters);
    this.client =
        SqsClient.builder()
            .endpointOverride(sqs.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .build();
    ecs.createCluster(CLUSTER);
    for (String provider : List.of("sonar", "mystical", "third")) {
      ecs.registerTaskDefinition(
          "scanner-infrastructure-" + provider + "-task",
          "scanner-" + provider + "-infrastructure",
          provider + ":1");
    }
  }

  static SystemStand start(Path folder, LocalEcsSettings settings, Duration visibility)
      throws InterruptedException {
    return new SystemStand(folder, settings, visibility);
  }

  static SystemStand start(Path folder) throws InterruptedException {
    return start(folder, LocalEcsSettings.defaults(), Duration.ofSeconds(10));
  }

  LocalEcs ecs() {
    return ecs;
  }

  SqsProxy sqs() {
    return proxy;
  }

  RedisServer redis() {
    return redis;
  }

  Path folder() {
    return folder;
  }

  SystemEvents events() {
    return new SystemEvents(redis.uri());
  }

  SystemLedger ledger() {
    return new SystemLedger(redis.uri());
  }

  /** The original's nine settings, with a third provider that stands nowhere else. */
  Map<String, String> original() {
    Map<String, String> names = new TreeMap<>();
    names.put("AWS_ACCESS_KEY", "AKIDEXAMPLE");
    names.put("AWS_SECRET_KEY", "wJalrXUtnFEMI-K7MDENG-bPxRfiCYEXAMPLEKEY");
    names.put("CLUSTER_NAME", "arn:aws:ecs:us-east-1:123456789012:cluster/" + CLUSTER);
    for (String provider : List.of("sonar", "mystical", "third")) {
      String variable = provider.toUpperCase(java.util.Locale.ROOT);
      names.put(
          "TASK_DEFINITION_" + variable,
          "arn:aws:ecs:us-east-1:123456789012:task-definition/scanner-infrastructure-"
              + provider
              + "-task");
      names.put("CONTAINER_" + variable, "scanner-" + provider + "-infrastructure");
    }
    names.put("CONSUMER_QUEUE_URL", proxy.queueUrl(queue));
    names.put("REDIS_URL", redis.uri().toString());
    return names;
  }

  /** The original's settings, and what a stand-in for AWS and a quick test need beside. */
  Map<String, String> settings() {
    Map<String, String> names = original();
    names.put("AWS_ENDPOINT_URL_SQS", proxy.endpoint().toString());
    names.put("AWS_ENDPOINT_URL_ECS", ecs.endpoint().toString());
    names.put("SUBNETS", "subnet-0a1b2c3d");
    names.put("LAUNCH_TYPE", "FARGATE");
    names.put("HTTP_PORT", "0");
    names.put("SPOOL_DIR", folder.resolve("spool").toString());
    return names;
  }

  /** The same, with a pace that holds nothing up. */
  Map<String, String> quick() {
    Map<String, String> names = settings();
    names.put("LAUNCH_RATE", "1000");
    names.put("LAUNCH_BURST", "1000");
    return names;
  }

  /** Starts a replica with these settings in a {@code .env} file and with no environment at all. */
  Replica replica(Map<String, String> settings, String... arguments) {
    return replicaWith("", settings, arguments);
  }

  /** The same with something on its standard input. */
  Replica replicaWith(String input, Map<String, String> settings, String... arguments) {
    try {
      Path home = Files.createTempDirectory(folder, "replica");
      Files.writeString(
          home.resolve(".env"),
          settings.entrySet().stream()
              .map(it -> it.getKey() + "=" + it.getValue())
              .collect(Collectors.joining("\n", "", "\n")));
      Replica replica = Replica.startWith(input, home, Map.of(), arguments);
      replicas.add(replica);
      return replica;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Replica replica() {
    return replica(settings());
  }

  /** As {@code aws sqs send-message --message-body} does: no attribute, nothing else. */
  String send(String body) {
    return client.sendMessage(it -> it.queueUrl(queue).messageBody(body)).messageId();
  }

  /** Sends them in order; gives their message ids in the same order. */
  List<String> sendAll(List<String> bodies) {
    String[] ids = new String[bodies.size()];
    for (int from = 0; from < bodies.size(); from += 10) {
      List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
      for (int i = from; i < Math.min(from + 10, bodies.size()); i++) {
        entries.add(
            SendMessageBatchRequestEntry.builder()
                .id(Integer.toString(i))
                .messageBody(bodies.get(i))
                .build());
      }
      SendMessageBatchResponse answer =
          client.sendMessageBatch(it -> it.queueUrl(queue).entries(entries));
      if (!answer.failed().isEmpty()) {
        throw new IllegalStateException("not all messages were sent");
      }
      answer.successful().forEach(it -> ids[Integer.parseInt(it.id())] = it.messageId());
    }
    return List.of(ids);
  }

  /** Waits until the queue has no message left, looking again after each delete. */
  void awaitEmpty(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    int deletes = proxy.calls("DeleteMessageBatch");
    while (queued() > 0) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(queued() + " messages left after " + atMost);
      }
      // A call is counted before it is carried out, so the last one needs one look more.
      proxy.awaitCalls("DeleteMessageBatch", deletes + 1, Duration.ofSeconds(1));
      deletes = proxy.calls("DeleteMessageBatch");
    }
  }

  /** A queue's URL as a replica is given it, whether there is such a queue or not. */
  String queueUrl(String name) {
    return proxy.queueUrl(queue.substring(0, queue.lastIndexOf('/') + 1) + name);
  }

  /** Makes a queue that stands beside the others, and gives its URL as a replica is given it. */
  String createQueue(String name, Duration visibility) throws InterruptedException {
    return proxy.queueUrl(sqs.createQueue(name, visibility));
  }

  void deleteQueue(String name) {
    client.deleteQueue(it -> it.queueUrl(queueUrl(name)));
  }

  List<String> queues() {
    return client.listQueues().queueUrls();
  }

  void sendTo(String name, String body) {
    client.sendMessage(it -> it.queueUrl(queueUrl(name)).messageBody(body));
  }

  /** How many messages the queue has, hidden ones included. */
  int queued() {
    return count(queue);
  }

  int deadLettered() {
    return count(deadLetters);
  }

  /**
   * The dead letters, taken from their queue for half a minute. A replica that looks through them
   * hides some for as long, even when it is killed; those are waited for.
   */
  List<Message> deadLetters() {
    Map<String, Message> all = new LinkedHashMap<>();
    int patience = MOST_EMPTY_RECEIVES;
    while (all.size() < deadLettered() && patience > 0) {
      List<Message> some = receiveDeadLetters();
      some.forEach(message -> all.put(message.messageId(), message));
      patience = some.isEmpty() ? patience - 1 : patience;
    }
    return List.copyOf(all.values());
  }

  private List<Message> receiveDeadLetters() {
    return client
        .receiveMessage(it ->
            it.queueUrl(deadLetters)
                .maxNumberOfMessages(10)
                .waitTimeSeconds(RECEIVE_SECONDS)
                .messageAttributeNames("All"))
        .messages();
  }

  private int count(String url) {
    return client
        .getQueueAttributes(it ->
            it.queueUrl(url)
                .attributeNames(
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
        .attributes()
        .values()
        .stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }

  URI redisUri() {
    return redis.uri();
  }

  @Override
  public void close() {
    for (Replica replica : replicas) {
      replica.close();
    }
    client.close();
    ecs.close();
    redis.close();
    proxy.close();
    sqs.close();
  }
}
