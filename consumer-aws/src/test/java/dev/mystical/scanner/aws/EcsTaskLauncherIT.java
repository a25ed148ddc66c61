package dev.mystical.scanner.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.launch.LaunchOutcome;
import dev.mystical.scanner.domain.launch.LaunchOutcome.Conflicting;
import dev.mystical.scanner.domain.launch.LaunchOutcome.Misconfigured;
import dev.mystical.scanner.domain.launch.LaunchOutcome.NoAnswer;
import dev.mystical.scanner.domain.launch.LaunchOutcome.NoCapacity;
import dev.mystical.scanner.domain.launch.LaunchOutcome.QuotaReached;
import dev.mystical.scanner.domain.launch.LaunchOutcome.Rejected;
import dev.mystical.scanner.domain.launch.LaunchOutcome.Started;
import dev.mystical.scanner.domain.launch.LaunchOutcome.Throttled;
import dev.mystical.scanner.domain.launch.TaskLauncher;
import dev.mystical.scanner.domain.launch.TaskLauncherContract;
import dev.mystical.scanner.domain.launch.TaskRequest;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.stand.ecs.Fault;
import dev.mystical.scanner.stand.ecs.FaultKind;
import dev.mystical.scanner.stand.ecs.RunTaskCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EcsTaskLauncherIT extends TaskLauncherContract {
  private final EcsStand stand = new EcsStand();

  @AfterEach
  void close() {
    stand.close();
  }

  @Override
  protected TaskLauncher launcher() {
    // The stand has Fargate alone, which always needs a network.
    TaskLauncher launcher = stand.clients.launcher();
    return request -> launcher.launch(EcsStand.withNetwork(request));
  }

  @Override
  protected String cluster() {
    return EcsStand.CLUSTER;
  }

  @Override
  protected String taskDefinition() {
    return EcsStand.DEFINITION;
  }

  @Override
  protected String container() {
    return EcsStand.CONTAINER;
  }

  @ParameterizedTest
  @CsvSource({
    "THROTTLE, Throttled",
    "WRAPPED_THROTTLE, Throttled",
    "ERROR_500, NoAnswer",
    "ERROR_503, NoAnswer",
    "HTML_502, NoAnswer",
    "ACCESS_DENIED, Misconfigured",
    "UNRECOGNIZED_CLIENT, Misconfigured",
    "EXPIRED_TOKEN, Misconfigured",
    "CLUSTER_GONE, Misconfigured",
    "TASK_DEFINITION_INACTIVE, Misconfigured",
    "PROVISIONING_LIMIT, NoCapacity",
    "DROP, NoAnswer",
    "NO_CAPACITY, NoCapacity",
    "RESOURCE_MEMORY, NoCapacity",
    "RESOURCE_CPU, NoCapacity",
    "AGENT, NoCapacity",
    "QUOTA, QuotaReached",
    "QUOTA_CURLY, QuotaReached",
    "QUOTA_TASKS, QuotaReached",
    "FAILURE, NoCapacity",
    "GHOST, NoCapacity",
    "EMPTY, NoCapacity",
    "ACCEPT_THEN_DROP, NoAnswer",
    "ACCEPT_THEN_500, NoAnswer",
    "ISO_TIMES, NoAnswer",
    "CONFLICT, Conflicting",
    "UNKNOWN_STATUS, Started",
  })
  void aSpoiledCallIsOneRequestAndOneOutcome(FaultKind fault, String outcome)
      throws InterruptedException {
    stand.ecs.fault(Fault.on("RunTask", fault));

    assertThat(stand.clients.launcher().launch(EcsStand.request())).isInstanceOf(type(outcome));
    assertThat(stand.ecs.calls().count("RunTask")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"ACCEPT_THEN_DROP", "ACCEPT_THEN_500", "ISO_TIMES"})
  void aLaunchWhoseAnswerWasLostIsFoundAgainByItsToken(FaultKind fault)
      throws InterruptedException {
    TaskRequest request = EcsStand.request();
    stand.ecs.fault(Fault.on("RunTask", fault));

    assertThat(stand.clients.launcher().launch(request)).isInstanceOf(NoAnswer.class);
    assertThat(stand.clients.launcher().launch(request)).isInstanceOf(Started.class);
    assertThat(stand.ecs.launched()).isEqualTo(1);
  }

  @Test
  void twoLaunchersSendTheSameBytes() throws InterruptedException {
    TaskRequest request = ordered(true);
    TaskRequest same = ordered(false);
    try (AwsClients others = TestClients.of(stand.ecs.endpoint())) {
      LaunchOutcome first = stand.clients.launcher().launch(request);

      assertThat(others.launcher().launch(same)).isEqualTo(first).isInstanceOf(Started.class);
    }
    List<RunTaskCall> calls = stand.ecs.calls().runTasks();
    assertThat(calls).hasSize(2);
    assertThat(calls.get(0).body()).isEqualTo(calls.get(1).body());
    assertThat(stand.ecs.launched()).isEqualTo(1);
  }

  @Test
  void theRequestSaysWhatItShouldAndNothingElse() throws InterruptedException {
    stand.clients.launcher().launch(ordered(true));

    assertThat(stand.ecs.calls().runTasks().getFirst().body())
        .isEqualTo(
            "{\"capacityProviderStrategy\":[{\"capacityProvider\":\"FARGATE_SPOT\",\"weight\":1}],"
                + "\"cluster\":\"scans\",\"count\":1,"
                + "\"networkConfiguration\":{\"awsvpcConfiguration\":{\"subnets\":[\"subnet-1\"],"
                + "\"securityGroups\":[\"sg-1\"],\"assignPublicIp\":\"DISABLED\"}},"
                + "\"overrides\":{\"containerOverrides\":[{\"name\":\"scanner\",\"environment\":["
                + "{\"name\":\"SCAN_A\",\"value\":\"1\"},{\"name\":\"SCAN_B\",\"value\":\"ü\"}]}]},"
                + "\"startedBy\":\"scan/1/sonar\",\"tags\":[{\"key\":\"scan:run\",\"value\":\"1\"},"
                + "{\"key\":\"scan:id\",\"value\":\"2\"}],\"taskDefinition\":\"sonar\","
                + "\"clientToken\":\"token-1\"}");
  }

  @Test
  void aContainerThatIsNotThereIsMisconfigured() throws InterruptedException {
    TaskRequest request = EcsStand.request();
    TaskRequest wrong =
        new TaskRequest(
            request.cluster(),
            request.taskDefinition(),
            "other",
            request.placement(),
            request.network(),
            request.environment(),
            request.startedBy(),
            request.tags(),
            request.clientToken());

    assertThat(stand.clients.launcher().launch(wrong)).isInstanceOf(Misconfigured.class);
  }

  @Test
  void overridesThatAreTooLongAreRejected() throws InterruptedException {
    TaskRequest request = EcsStand.request();
    TreeMap<String, String> environment = new TreeMap<>(request.environment());
    environment.put("SCAN_OPT_LONG", "x".repeat(9000));
    TaskRequest wrong =
        new TaskRequest(
            request.cluster(),
            request.taskDefinition(),
            request.container(),
            request.placement(),
            request.network(),
            environment,
            request.startedBy(),
            request.tags(),
            request.clientToken());

    assertThat(stand.clients.launcher().launch(wrong)).isInstanceOf(Rejected.class);
  }

  @Test
  void anInterruptEndsALaunchAtOnce() throws IOException, InterruptedException {
    BlockingQueue<Object> ends = new ArrayBlockingQueue<>(1);
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        AwsClients clients =
            TestClients.of(URI.create("http://127.0.0.1:" + silent.getLocalPort()))) {
      Thread worker =
          Thread.ofVirtual()
              .name("worker")
              .start(() -> {
                try {
                  ends.add(clients.launcher().launch(EcsStand.request()));
                } catch (InterruptedException e) {
                  ends.add(e);
                }
              });
      try (Socket asked = silent.accept()) {
        assertThat(asked.getInputStream().read()).isEqualTo('P');
        worker.interrupt();

        // Before its deadline of 20 s, after which the answer would be an outcome.
        assertThat(ends.poll(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
      }
    }
  }

  private static TaskRequest ordered(boolean forwards) {
    TaskRequest sample = EcsStand.request();
    TreeMap<String, String> environment = new TreeMap<>();
    environment.put(forwards ? "SCAN_A" : "SCAN_B", forwards ? "1" : "ü");
    environment.put(forwards ? "SCAN_B" : "SCAN_A", forwards ? "ü" : "1");
    SequencedMap<String, String> tags = new LinkedHashMap<>();
    tags.put("scan:run", "1");
    tags.put("scan:id", "2");
    return new TaskRequest(
        sample.cluster(),
        sample.taskDefinition(),
        sample.container(),
        new Placement.CapacityProvider("FARGATE_SPOT"),
        sample.network(),
        environment,
        "scan/1/sonar",
        tags,
        "token-1");
  }

  private static Class<? extends LaunchOutcome> type(String name) {
    return switch (name) {
      case "Started" -> Started.class;
      case "NoAnswer" -> NoAnswer.class;
      case "Throttled" -> Throttled.class;
      case "NoCapacity" -> NoCapacity.class;
      case "QuotaReached" -> QuotaReached.class;
      case "Misconfigured" -> Misconfigured.class;
      case "Conflicting" -> Conflicting.class;
      default -> throw new IllegalArgumentException(name);
    };
  }
}
