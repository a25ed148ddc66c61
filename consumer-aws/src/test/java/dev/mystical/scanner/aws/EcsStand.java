package dev.mystical.scanner.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.launch.LaunchOutcome;
import dev.mystical.scanner.domain.launch.SampleTasks;
import dev.mystical.scanner.domain.launch.TaskRequest;
import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.stand.ecs.ContainerCommands;
import dev.mystical.scanner.stand.ecs.Fate;
import dev.mystical.scanner.stand.ecs.Ladder;
import dev.mystical.scanner.stand.ecs.Limits;
import dev.mystical.scanner.stand.ecs.LocalEcs;
import dev.mystical.scanner.stand.ecs.LocalEcsSettings;
import dev.mystical.scanner.stand.ecs.StandTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A local ECS with a cluster and a provider's task, and clients for it. */
final class EcsStand implements AutoCloseable {
  static final String CLUSTER = "scans";
  static final String DEFINITION = "sonar";
  static final String CONTAINER = "scanner";
  static final Network NETWORK = new Network(List.of("subnet-1"), List.of("sg-1"), false);

  final LocalEcs ecs;
  final AwsClients clients;

  EcsStand() {
    ecs =
        LocalEcs.start(
            LocalEcsSettings.defaults()
                .withTime(StandTime.handStepped(Instant.parse("2026-01-01T00:00:00Z")))
                .withLimits(Limits.none())
                .withCommands(ContainerCommands.all(Fate.runsOn()))
                .withLadder(Ladder.evenly(Duration.ofSeconds(1))));
    ecs.createCluster(CLUSTER, "FARGATE");
    ecs.registerTaskDefinition(DEFINITION, CONTAINER, "sonar:1");
    clients = TestClients.of(ecs.endpoint());
  }

  /** A request that nobody has made, as the stand's Fargate wants it. */
  static TaskRequest request() {
    return withNetwork(SampleTasks.request(CLUSTER, DEFINITION, CONTAINER));
  }

  static TaskRequest withNetwork(TaskRequest request) {
    return new TaskRequest(
        request.cluster(),
        request.taskDefinition(),
        request.container(),
        request.placement(),
        NETWORK,
        request.environment(),
        request.startedBy(),
        request.tags(),
        request.clientToken());
  }

  /** Starts a task that nobody has started. */
  TaskArn start() throws InterruptedException {
    return start(DEFINITION);
  }

  TaskArn start(String definition) throws InterruptedException {
    return start(SampleTasks.request(CLUSTER, definition, CONTAINER));
  }

  TaskArn start(TaskRequest request) throws InterruptedException {
    LaunchOutcome outcome = clients.launcher().launch(withNetwork(request));
    assertThat(outcome).isInstanceOf(LaunchOutcome.Started.class);
    return ((LaunchOutcome.Started) outcome).task();
  }

  /** Lets time pass, second by second, so that one thing can follow from another. */
  void pass(Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      ecs.advance(Duration.ofSeconds(1));
    }
  }

  @Override
  public void close() {
    clients.close();
    ecs.close();
  }
}
