package dev.mystical.scanner.local.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.stand.ecs.ContainerCommands;
import dev.mystical.scanner.stand.ecs.ContainerSpec;
import dev.mystical.scanner.stand.ecs.ContainerWork;
import dev.mystical.scanner.stand.ecs.LocalEcs;
import dev.mystical.scanner.stand.ecs.LocalEcsSettings;
import dev.mystical.scanner.wire.report.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;

/** A scanner as the container of a task: RunTask starts it, the task's end carries its code. */
class LocalEcsScanIT {

  private static final Path SAMPLES = Path.of("../samples").toAbsolutePath().normalize();
  private static final Duration LIMIT = Duration.ofSeconds(100);

  private final List<LocalProvider> providers =
      LocalProviders.find(Path.of("target/scanners"), SAMPLES, System.getenv());
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  @ParameterizedTest
  @CsvSource({"spotbugs, SQL_INJECTION_JDBC", "pmd, HardCodedCryptoKey"})
  void taskScansTheSampleAndLeavesAReport(String id, String rule)
      throws IOException, InterruptedException {
    try (LocalEcs ecs = LocalEcs.start(settings());
        EcsClient client = client(ecs)) {
      String task = launch(ecs, client, id, SAMPLES.resolve("vulnerable-java"));

      JsonNode container = stoppedContainer();

      assertThat(container.path("exitCode").asInt(-1))
          .as(Files.readString(ecs.logFile(task, id)))
          .isZero();
      assertThat(ScanRun.findings(ecs.folder(task, id).resolve("report.sarif")))
          .extracting(Finding::rule)
          .contains(rule);
    }
  }

  @ParameterizedTest
  @CsvSource({"spotbugs", "pmd"})
  void taskOfABrokenTargetEndsWithItsCode(String id) throws IOException, InterruptedException {
    try (LocalEcs ecs = LocalEcs.start(settings());
        EcsClient client = client(ecs)) {
      String task = launch(ecs, client, id, SAMPLES.resolve("gone"));

      JsonNode container = stoppedContainer();

      assertThat(container.path("exitCode").asInt(-1)).isEqualTo(2);
      assertThat(Files.readString(ecs.logFile(task, id))).contains("no such folder");
    }
  }

  private String launch(LocalEcs ecs, EcsClient client, String id, Path target) {
    LocalProvider provider =
        providers.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    ecs.createCluster("scans");
    ecs.registerTaskDefinition(provider.taskDefinition(), provider.container(), "local:1");
    List<KeyValuePair> variables =
        List.of(
            variable("SCAN_PROJECT_KEY", "shop"),
            variable("SCAN_TARGET_TYPE", "path"),
            variable("SCAN_TARGET_URL", target.toString()),
            variable("SCAN_DEADLINE", Instant.now().plus(LIMIT).toString()));
    ContainerOverride override =
        ContainerOverride.builder().name(provider.container()).environment(variables).build();
    return client
        .runTask(r ->
            r.cluster("scans")
                .taskDefinition(provider.taskDefinition())
                .launchType("FARGATE")
                .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets("subnet-1")))
                .overrides(o -> o.containerOverrides(override)))
        .tasks()
        .getFirst()
        .taskArn();
  }

  private LocalEcsSettings settings() {
    ContainerCommands commands = this::work;
    return LocalEcsSettings.defaults().withCommands(commands).withEvents(events::put);
  }

  private ContainerWork work(ContainerSpec container) {
    return providers.stream()
        .filter(provider -> provider.taskDefinition().equals(container.family()))
        .map(provider -> new ContainerWork.Command(ScanRun.command(provider)))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode stoppedContainer() throws IOException, InterruptedException {
    while (true) {
      String event = events.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(event).as("an event of the task within " + LIMIT).isNotNull();
      JsonNode task = SarifCheck.JSON.readTree(event).path("detail");
      if (task.path("lastStatus").asText().equals("STOPPED")) {
        return task.path("containers").path(0);
      }
    }
  }

  private static KeyValuePair variable(String name, String value) {
    return KeyValuePair.builder().name(name).value(value).build();
  }

  private static EcsClient client(LocalEcs ecs) {
    return EcsClient.builder()
        .endpointOverride(ecs.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDTEST", "secret")))
        .build();
  }
}
