package dev.mystical.scanner.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.app.settings.Settings;
import dev.mystical.scanner.app.settings.SettingsSources;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.local.scanner.LocalProvider;
import dev.mystical.scanner.local.scanner.LocalProvider.Readiness;
import dev.mystical.scanner.stand.RedisServer;
import dev.mystical.scanner.stand.SqsServer;
import dev.mystical.scanner.stand.ecs.ContainerSpec;
import dev.mystical.scanner.stand.ecs.ContainerWork;
import dev.mystical.scanner.stand.ecs.Fate;
import dev.mystical.scanner.stand.ecs.Ladder;
import dev.mystical.scanner.stand.ecs.LocalEcs;
import dev.mystical.scanner.stand.ecs.LocalEcsSettings;
import dev.mystical.scanner.stand.ecs.TaskEvents;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An SQS, a Redis and an ECS in this process, and the settings that make the server use them. */
final class LocalStand implements AutoCloseable {
  private static final String CLUSTER = "local";
  private static final Duration VISIBILITY = Duration.ofSeconds(30);
  private static final Duration STATE = Duration.ofMillis(300);
  private static final int MAX_RECEIVES = 20;
  private static final int SECRET_BYTES = 32;

  private final List<LocalProvider> providers;
  private final SqsServer sqs;
  private final RedisServer redis;
  private final LocalEcs ecs;
  private final String queue;
  private final String deadLetters;

  private LocalStand(List<LocalProvider> providers, SqsServer sqs, RedisServer redis, LocalEcs ecs)
      throws InterruptedException {
    this.providers = providers;
    this.sqs = sqs;
    this.redis = redis;
    this.ecs = ecs;
    this.deadLetters = sqs.createQueue("scans-dead-letters", VISIBILITY);
    this.queue = sqs.createQueueWithDeadLetters("scans", VISIBILITY, MAX_RECEIVES, deadLetters);
    ecs.createCluster(CLUSTER);
    for (LocalProvider provider : providers) {
      ecs.registerTaskDefinition(definition(provider, System.getenv()));
    }
  }

  /**
   * Starts all.
   *
   * @param agent the program that runs scanners, as it does in their images
   */
  static LocalStand start(List<LocalProvider> providers, Path agent, TaskEvents events)
      throws InterruptedException {
    LocalEcsSettings settings =
        LocalEcsSettings.defaults()
            .withLadder(Ladder.evenly(STATE))
            .withEvents(events)
            .withCommands(container -> work(providers, agent, container));
    return new LocalStand(
        providers, SqsServer.start(), RedisServer.start(), LocalEcs.start(settings));
  }

  /**
   * What a scanner needs of this machine's variables comes with its definition, as a secret would.
   */
  private static String definition(LocalProvider provider, Map<String, String> environment) {
    ObjectNode definition =
        JsonNodeFactory.instance
            .objectNode()
            .put("family", provider.taskDefinition())
            .put("networkMode", "awsvpc")
            .put("cpu", "256")
            .put("memory", "512");
    definition.putArray("requiresCompatibilities").add("FARGATE");
    ObjectNode container =
        definition
            .putArray("containerDefinitions")
            .addObject()
            .put("name", provider.container())
            .put("image", provider.id())
            .put("essential", true);
    if (provider.readiness() instanceof Readiness.Ready ready) {
      ArrayNode variables = container.putArray("environment");
      ready.definition().forEach((name, value) -> put(variables, name, value));
      // The task's own folder, which goes with the stand: an agent that is killed cleans up
      // nothing.
      put(variables, "TMPDIR", ".");
      ready.secrets().forEach(name -> put(variables, name, environment.getOrDefault(name, "")));
    }
    return definition.toString();
  }

  private static void put(ArrayNode variables, String name, String value) {
    variables.addObject().put("name", name).put("value", value);
  }

  private static ContainerWork work(
      List<LocalProvider> providers, Path agent, ContainerSpec container) {
    return providers.stream()
        .filter(provider -> provider.id().equals(container.image()))
        .findFirst()
        .map(provider -> work(provider.readiness(), agent))
        .orElseGet(() ->
            new ContainerWork.Scripted(
                Fate.failsToStart("CannotPullContainerError: no image " + container.image())));
  }

  private static ContainerWork work(Readiness readiness, Path agent) {
    return switch (readiness) {
      case Readiness.Ready ready ->
          new ContainerWork.Command(
              List.of("/bin/sh", agent.toString(), "--", ready.entry().toString()));
      case Readiness.Missing missing ->
          new ContainerWork.Scripted(Fate.failsToStart(missing.sentence()));
    };
  }

  /** The server's settings; further ones may be given, and win. */
  Settings settings(Map<String, String> further) {
    return Settings.from(
        new SettingsSources(
            variables(further), Map.of(), Path.of(""), Optional.empty(), Optional.empty()));
  }

  /** The same, as the variables of a process. */
  Map<String, String> variables(Map<String, String> further) {
    Map<String, String> names = new TreeMap<>();
    names.put("AWS_ACCESS_KEY", "local");
    names.put("AWS_SECRET_KEY", "local-secret");
    names.put("AWS_REGION", "us-east-1");
    names.put("AWS_ENDPOINT_URL_SQS", sqs.endpoint().toString());
    names.put("AWS_ENDPOINT_URL_ECS", ecs.endpoint().toString());
    names.put("CONSUMER_QUEUE_URL", queue);
    names.put("CLUSTER_NAME", CLUSTER);
    names.put("LAUNCH_TYPE", "FARGATE");
    names.put("SUBNETS", "subnet-local");
    names.put("REDIS_URL", redis.uri().toString());
    names.put("TOKEN_KEY", secret());
    names.put("CALLBACK_ALLOW", "127.0.0.1,localhost");
    for (LocalProvider provider : providers) {
      if (provider.isReady()) {
        String variable = new ProviderId(provider.id()).variable();
        names.put("TASK_DEFINITION_" + variable, provider.taskDefinition());
        names.put("CONTAINER_" + variable, provider.container());
      }
    }
    names.putAll(further);
    return names;
  }

  private static String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The providers that cannot be asked for on this machine, and why. */
  SortedMap<ProviderId, String> off() {
    SortedMap<ProviderId, String> off = new TreeMap<>();
    for (LocalProvider provider : providers) {
      if (provider.readiness() instanceof Readiness.Missing(String sentence)) {
        off.put(new ProviderId(provider.id()), sentence);
      }
    }
    return off;
  }

  List<LocalProvider> providers() {
    return providers;
  }

  LocalEcs ecs() {
    return ecs;
  }

  String queue() {
    return queue;
  }

  URI sqsEndpoint() {
    return sqs.endpoint();
  }

  URI redisUri() {
    return redis.uri();
  }

  @Override
  public void close() {
    ecs.close();
    redis.close();
    sqs.close();
  }
}
