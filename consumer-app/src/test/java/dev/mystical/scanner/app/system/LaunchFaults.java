package dev.mystical.scanner.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.launch.LaunchDelays;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.scan.Digest;
import dev.mystical.scanner.stand.ecs.ContainerCommands;
import dev.mystical.scanner.stand.ecs.Fate;
import dev.mystical.scanner.stand.ecs.Fault;
import dev.mystical.scanner.stand.ecs.FaultKind;
import dev.mystical.scanner.stand.ecs.LaunchedTask;
import dev.mystical.scanner.stand.ecs.Limits;
import dev.mystical.scanner.stand.ecs.LocalEcs;
import dev.mystical.scanner.stand.ecs.LocalEcsSettings;
import dev.mystical.scanner.stand.ecs.RunTaskCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;

/** A stand whose ECS misbehaves, replicas that meet it, and what is to be true afterwards. */
final class LaunchFaults implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final SystemStand stand;
  private final SystemEvents events;
  private final Map<String, String> settings;
  private final List<LaunchReplica> replicas = new ArrayList<>();
  private final Semaphore deleted = new Semaphore(0);

  private LaunchFaults(SystemStand stand) {
    this.stand = stand;
    this.events = stand.events();
    this.settings = new TreeMap<>(stand.settings());
  }

  /** Tasks run on, as real ones do: none is over before somebody could look for it. */
  static LaunchFaults on(Path folder) throws InterruptedException {
    LocalEcsSettings ecs =
        LocalEcsSettings.defaults()
            .withLimits(Limits.none())
            .withCommands(ContainerCommands.all(Fate.runsOn()));
    return new LaunchFaults(SystemStand.start(folder, ecs, Duration.ofSeconds(30)));
  }

  /** Another setting for the replicas to come; an empty value takes it away. */
  LaunchFaults with(String name, String value) {
    if (value.isEmpty()) {
      settings.remove(name);
    } else {
      settings.put(name, value);
    }
    return this;
  }

  LaunchFaults fault(FaultKind kind) {
    return fault(Fault.on("RunTask", kind));
  }

  LaunchFaults fault(Fault fault) {
    ecs().fault(fault);
    return this;
  }

  SystemStand stand() {
    return stand;
  }

  /** Starts a task of somebody else's under the token of a run's first launch. */
  void takeToken(String runId) {
    try (EcsClient client =
        EcsClient.builder()
            .endpointOverride(ecs().endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("other", "other")))
            .build()) {
      var unused =
          client.runTask(it ->
              it.cluster(SystemStand.CLUSTER)
                  .taskDefinition("scanner-infrastructure-sonar-task")
                  .launchType("FARGATE")
                  .networkConfiguration(
                      net -> net.awsvpcConfiguration(vpc -> vpc.subnets("subnet-1")))
                  .startedBy("somebody")
                  .clientToken(Digest.of(runId + "\n1\n0\n").value()));
    }
  }

  SystemEvents events() {
    return events;
  }

  LocalEcs ecs() {
    return stand.ecs();
  }

  LaunchReplica replica() {
    return replica(LaunchReplica.QUICK, ledger -> ledger);
  }

  LaunchReplica replica(LaunchDelays delays, UnaryOperator<ScanLedger> ledgerAround) {
    LaunchReplica.Around around = new LaunchReplica.Around(delays, ledgerAround, deleted);
    LaunchReplica replica = LaunchReplica.start(stand, settings, around);
    replicas.add(replica);
    return replica;
  }

  /** The whole program as a process, with the waits that it has at AWS. */
  Replica process() throws InterruptedException {
    return stand.replica(settings).ready();
  }

  /** Sends a scan for these providers; gives its id. */
  String send(String... providers) {
    return stand.send(request("", providers));
  }

  /** The same request as several messages, for replicas to meet over it. */
  String sendRepeatedly(String scanId, int messages, String... providers) {
    for (int i = 0; i < messages; i++) {
      stand.send(request("\"scanId\": \"" + scanId + "\",", providers));
    }
    return scanId;
  }

  private static String request(String more, String... providers) {
    return """
    {%s "project": {"key": "payments"},
     "target": {"type": "git", "url": "https://git.example.com/acme/payments.git", "ref": "main"},
     "providers": [%s]}
    """
        .formatted(
            more,
            Stream.of(providers)
                .map(provider -> '"' + provider + '"')
                .collect(Collectors.joining(", ")));
  }

  /** Waits until so many messages are deleted: nothing is on its way any more. */
  LaunchFaults deleted(int messages) throws InterruptedException {
    assertThat(deleted.tryAcquire(messages, PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as("messages deleted")
        .isTrue();
    return this;
  }

  LaunchFaults launched(int runs) {
    events.awaitLaunched(runs, PATIENCE);
    return this;
  }

  LaunchFaults told(String code) {
    events.awaitError(code, PATIENCE);
    return this;
  }

  /** Waits until the queue is rid of so many messages, and stops all replicas. */
  LaunchFaults settled(int messages) throws InterruptedException {
    deleted(messages);
    replicas.forEach(LaunchReplica::close);
    replicas.clear();
    assertThat(stand.queued()).as("messages left").isZero();
    return this;
  }

  /** Exactly one task for each of these runs, and none else. */
  LaunchFaults oneTaskEach(String... runs) {
    assertThat(ecs().tasks()).extracting(LaunchedTask::startedBy).containsExactlyInAnyOrder(runs);
    return this;
  }

  LaunchFaults runTasks(int calls) {
    assertThat(runTasks()).as("RunTask calls").isEqualTo(calls);
    return this;
  }

  /** All RunTask calls were the same, byte for byte. */
  LaunchFaults sameRequests() {
    assertThat(ecs().calls().runTasks().stream().map(RunTaskCall::body).distinct()).hasSize(1);
    return this;
  }

  long runTasks() {
    return ecs().calls().count("RunTask");
  }

  /** All that was told, in order: code, and scan where it is about one. */
  LaunchFaults feed(String... told) {
    assertThat(feed()).containsExactly(told);
    return this;
  }

  List<String> feed() {
    return events.errors().stream()
        .map(error ->
            (error.get("code")
                + " "
                + error.getOrDefault("scanId", "of " + error.getOrDefault("provider", "all"))))
        .toList();
  }

  static String run(String scanId, String provider) {
    return "scan/" + scanId + "/" + provider;
  }

  @Override
  public void close() {
    replicas.forEach(LaunchReplica::close);
    events.close();
    stand.close();
  }
}
