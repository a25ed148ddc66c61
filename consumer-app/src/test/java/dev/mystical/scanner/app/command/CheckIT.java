package dev.mystical.scanner.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mystical.scanner.app.settings.Settings;
import dev.mystical.scanner.domain.intake.RequestDecoder;
import dev.mystical.scanner.stand.RedisServer;
import dev.mystical.scanner.stand.SqsFault;
import dev.mystical.scanner.stand.SqsProxy;
import dev.mystical.scanner.stand.SqsServer;
import dev.mystical.scanner.stand.ecs.ContainerCommands;
import dev.mystical.scanner.stand.ecs.Fate;
import dev.mystical.scanner.stand.ecs.Fault;
import dev.mystical.scanner.stand.ecs.FaultKind;
import dev.mystical.scanner.stand.ecs.LocalEcs;
import dev.mystical.scanner.stand.ecs.LocalEcsSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;

/** Breaks one thing at a time; its line fails, and no other. */
class CheckIT {
  private static final String[] EVERY_LINE = {
    "settings",
    "queue",
    "queue permissions",
    "redrive policy",
    "dead-letter queue",
    "cluster",
    "capacity",
    "looking at tasks",
    "stopping tasks",
    "provider sonar",
    "redis",
    "redis",
    "redis",
    "redis"
  };
  private static final Duration LEASE = Duration.ofSeconds(60);

  private static SqsServer sqs;
  private static RedisServer redis;

  @TempDir private Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private SqsProxy proxy;
  private LocalEcs ecs;

  /** A line of the answer. */
  private record Line(String name, String status, String detail) {}

  /** The whole answer. */
  private record Answer(int exit, List<Line> lines) {
    List<Line> with(String status) {
      return lines.stream().filter(line -> line.status().equals(status)).toList();
    }

    /** That one line failed, and that the others were looked at all the same. */
    void failsAt(String name, String words) {
      assertThat(with("failed"))
          .singleElement()
          .satisfies(line -> {
            assertThat(line.name()).isEqualTo(name);
            assertThat(line.detail()).contains(words);
          });
      assertThat(exit).isEqualTo(3);
    }
  }

  @BeforeAll
  static void startServers() throws InterruptedException {
    sqs = SqsServer.start();
    redis = RedisServer.start();
  }

  @AfterAll
  static void stopServers() {
    redis.close();
    sqs.close();
  }

  @BeforeEach
  void open() throws InterruptedException {
    proxy = SqsProxy.before(sqs.endpoint());
    ecs =
        LocalEcs.start(
            LocalEcsSettings.defaults().withCommands(ContainerCommands.all(Fate.runsOn())));
    ecs.createCluster("scans", "FARGATE");
    ecs.registerTaskDefinition("sonar", "scanner", "sonar:1");
    String dead = sqs.createQueue("dead-" + UUID.randomUUID(), LEASE);
    environment.put(
        "CONSUMER_QUEUE_URL",
        proxy.queueUrl(
            sqs.createQueueWithDeadLetters("scans-" + UUID.randomUUID(), LEASE, 5, dead)));
    environment.put("AWS_ACCESS_KEY", "AKIAEXAMPLE");
    environment.put("AWS_SECRET_KEY", "example-secret");
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_ENDPOINT_URL_SQS", proxy.endpoint().toString());
    environment.put("AWS_ENDPOINT_URL_ECS", ecs.endpoint().toString());
    environment.put("CLUSTER_NAME", "scans");
    environment.put("LAUNCH_TYPE", "FARGATE");
    environment.put("SUBNETS", "subnet-1");
    environment.put("TASK_DEFINITION_SONAR", "sonar");
    environment.put("CONTAINER_SONAR", "scanner");
    environment.put("REDIS_URL", redis.uri().toString());
  }

  @AfterEach
  void close() {
    ecs.close();
    proxy.close();
  }

  @Test
  void everyLineIsGoodOnAGoodStand() throws InterruptedException, IOException {
    Answer answer = check();
    assertThat(answer.exit()).isZero();
    assertThat(answer.lines()).extracting(Line::name).containsExactly(EVERY_LINE);
    // The stand's queues keep messages for the same time.
    assertThat(answer.with("warning")).extracting(Line::name).isSubsetOf("dead-letter queue");
  }

  @Test
  void aQueueThatIsNotThereFails() throws InterruptedException, IOException {
    environment.merge("CONSUMER_QUEUE_URL", "-none", String::concat);
    check().failsAt("queue", "cannot be used");
  }

  @Test
  void aQueueThatMayNotBeDeletedFromFails() throws InterruptedException, IOException {
    proxy.next("DeleteMessageBatch", 100, new SqsFault.Refuse("AccessDenied", 403));
    check().failsAt("queue permissions", "do not allow");
  }

  @Test
  void aQueueWithoutRedrivePolicyIsAWarning() throws InterruptedException, IOException {
    environment.put(
        "CONSUMER_QUEUE_URL", proxy.queueUrl(sqs.createQueue("scans-" + UUID.randomUUID(), LEASE)));
    Answer answer = check();
    assertThat(answer.exit()).isZero();
    assertThat(answer.with("warning")).extracting(Line::name).containsExactly("redrive policy");
  }

  @Test
  void aDeadLetterQueueThatIsNotThereFails() throws InterruptedException, IOException {
    environment.put("DEAD_LETTER_QUEUE_URL", environment.get("CONSUMER_QUEUE_URL") + "-none");
    check().failsAt("dead-letter queue", "cannot be reached");
  }

  @Test
  void aClusterThatIsNotThereFails() throws InterruptedException, IOException {
    environment.put("CLUSTER_NAME", "nowhere");
    check().failsAt("cluster", "nowhere does not exist");
  }

  @Test
  void aCapacityProviderThatTheClusterLacksFails() throws InterruptedException, IOException {
    environment.remove("LAUNCH_TYPE");
    environment.put("CAPACITY_PROVIDERS", "FARGATE,mine");
    check().failsAt("capacity", "mine is no provider of the cluster");
  }

  @Test
  void aTaskDefinitionThatIsNotThereFails() throws InterruptedException, IOException {
    environment.put("TASK_DEFINITION_SONAR", "other");
    check().failsAt("provider sonar", "task definition other cannot be looked at");
  }

  @Test
  void oneOfTwoProvidersFailsAlone() throws InterruptedException, IOException {
    environment.put("TASK_DEFINITION_MY_TOOL", "other");
    environment.put("CONTAINER_MY_TOOL", "scanner");
    Answer answer = check();
    answer.failsAt("provider my-tool", "task definition other cannot be looked at");
    assertThat(answer.with("ok")).extracting(Line::name).contains("provider sonar");
  }

  @Test
  void anInactiveTaskDefinitionFails() throws InterruptedException, IOException {
    call("DeregisterTaskDefinition", "{\"taskDefinition\":\"sonar:1\"}");
    environment.put("TASK_DEFINITION_SONAR", "sonar:1");
    check().failsAt("provider sonar", "is INACTIVE");
  }

  @Test
  void aContainerThatTheTaskDefinitionLacksFails() throws InterruptedException, IOException {
    environment.put("CONTAINER_SONAR", "other");
    check().failsAt("provider sonar", "has no container other");
  }

  @Test
  void aTaskWithANetworkOfItsOwnNeedsSubnets() throws InterruptedException, IOException {
    environment.remove("SUBNETS");
    check().failsAt("provider sonar", "SUBNETS must be set");
  }

  @Test
  void tasksThatMayNotBeStoppedFail() throws InterruptedException, IOException {
    ecs.fault(Fault.on("StopTask", FaultKind.ACCESS_DENIED).always());
    check().failsAt("stopping tasks", "would run on");
  }

  @Test
  void wrongCredentialsFailForAllOfAwsAndNothingElse() throws InterruptedException, IOException {
    ecs.fault(Fault.on("*", FaultKind.UNRECOGNIZED_CLIENT).always());
    for (String action : List.of("GetQueueAttributes", "GetQueueUrl")) {
      proxy.next(action, 100, new SqsFault.Refuse("InvalidClientTokenId", 403));
    }
    Answer answer = check();
    assertThat(answer.exit()).isEqualTo(3);
    assertThat(answer.with("failed"))
        .as(answer.lines().toString())
        .extracting(Line::name)
        .containsExactly("queue", "cluster", "provider sonar");
    assertThat(answer.with("ok"))
        .extracting(Line::name)
        .containsExactly("settings", "redis", "redis", "redis", "redis");
    assertThat(answer.lines().toString()).doesNotContain("example-secret");
  }

  @Test
  void aRedisThatIsAwayFails() throws InterruptedException, IOException {
    RedisServer gone = RedisServer.start();
    environment.put("REDIS_URL", gone.uri().toString());
    gone.close();
    check().failsAt("redis", "");
  }

  @Test
  void aRedisThatThrowsThingsAwayIsAWarning() throws InterruptedException, IOException {
    try (RedisServer forgetful = RedisServer.start(List.of("--maxmemory-policy", "allkeys-lru"))) {
      environment.put("REDIS_URL", forgetful.uri().toString());
      Answer answer = check();
      assertThat(answer.exit()).isZero();
      assertThat(answer.with("warning"))
          .filteredOn(line -> line.name().equals("redis"))
          .singleElement()
          .satisfies(line -> assertThat(line.detail()).contains("allkeys-lru"));
    }
  }

  @Test
  void aRedisUserWhoMayNotPublishFails() throws InterruptedException, IOException {
    asUser("+@all", "-publish");
    check().failsAt("redis", "PUBLISH may not be used");
  }

  @Test
  void aWrongRedisPasswordFailsAndIsNotShown() throws InterruptedException, IOException {
    asUser("+@all");
    environment.computeIfPresent(
        "REDIS_URL", (name, url) -> url.replace("open-sesame", "wrong-word"));
    Answer answer = check();
    answer.failsAt("redis", "");
    assertThat(answer.lines().toString()).doesNotContain("wrong-word");
  }

  @Test
  void unusableSettingsAreTheOnlyLines() throws InterruptedException, IOException {
    environment.put("HTTP_PORT", "none");
    Answer answer = check();
    answer.failsAt("settings", "HTTP_PORT = none");
    assertThat(answer.lines()).hasSize(1);
  }

  /** Gives the settings a user of their own, with these rights. */
  private void asUser(String... rights) {
    CommandArguments acl = new CommandArguments(Protocol.Command.ACL).add("SETUSER").add("narrow");
    for (String rule : List.of("reset", "on", ">open-sesame", "allkeys", "allchannels")) {
      acl.add(rule);
    }
    for (String right : rights) {
      acl.add(right);
    }
    try (RedisClient admin = RedisClient.create(redis.uri())) {
      admin.executeCommand(acl);
    }
    environment.put("REDIS_URL", "redis://narrow:open-sesame@127.0.0.1:" + redis.port());
  }

  /** A call that the production code does not make, in the protocol that the stand speaks. */
  private void call(String operation, String body) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(ecs.endpoint() + "/"))
                  .timeout(Duration.ofSeconds(10))
                  .header("Content-Type", "application/x-amz-json-1.1")
                  .header(
                      "Authorization",
                      "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260101/us-east-1/ecs/aws4_request,"
                          + " SignedHeaders=host, Signature=0")
                  .header("X-Amz-Target", "AmazonEC2ContainerServiceV20141113." + operation)
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }

  private Answer check() throws InterruptedException, IOException {
    RecordingTerminal recording = RecordingTerminal.plain();
    int exit =
        new CommandRunner(
                recording.terminal(),
                environment,
                folder,
                InstantSource.system(),
                new OutsideAlone())
            .run(List.of("check", "--json"));
    List<Line> lines = new ArrayList<>();
    for (JsonNode line : new ObjectMapper().readTree(recording.answered()).get("findings")) {
      lines.add(
          new Line(
              line.get("name").asText(), line.get("status").asText(), line.get("detail").asText()));
    }
    return new Answer(exit, lines);
  }

  /** What a check needs of the composition root. */
  private static final class OutsideAlone implements CommandRunner.Parts {
    @Override
    public int serve(Settings settings) {
      throw new AssertionError("nothing is served");
    }

    @Override
    public Outside outside(Settings settings) {
      return ConnectedOutside.open(settings, "command", InstantSource.system());
    }

    @Override
    public RequestDecoder decoder(Settings settings) {
      throw new AssertionError("nothing is decoded");
    }
  }
}
