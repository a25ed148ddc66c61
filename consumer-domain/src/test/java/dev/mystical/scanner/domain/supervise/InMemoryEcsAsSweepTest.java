package dev.mystical.scanner.domain.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.launch.InMemoryEcs;
import dev.mystical.scanner.domain.launch.LaunchOutcome;
import dev.mystical.scanner.domain.launch.TaskRequest;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.time.Duration;

class InMemoryEcsAsSweepTest extends TaskSweepContract {
  private static final String CLUSTER = "scans";
  private static final String DEFINITION = "scanner:7";
  private static final Duration SHOWS_AFTER = Duration.ofSeconds(2);

  private final MovableClock clock = new MovableClock();
  private final InMemoryEcs ecs = new InMemoryEcs(clock, CLUSTER, SHOWS_AFTER);

  InMemoryEcsAsSweepTest() {
    ecs.define(DEFINITION);
  }

  @Override
  protected TaskSweep sweep() {
    return ecs;
  }

  @Override
  protected String cluster() {
    return CLUSTER;
  }

  @Override
  protected String taskDefinition() {
    return DEFINITION;
  }

  @Override
  protected String container() {
    return "scanner";
  }

  @Override
  protected TaskArn start(TaskRequest request) throws InterruptedException {
    LaunchOutcome outcome = ecs.launch(request);
    assertThat(outcome).isInstanceOf(LaunchOutcome.Started.class);
    clock.advance(SHOWS_AFTER);
    return ((LaunchOutcome.Started) outcome).task();
  }

  @Override
  protected void stop(TaskArn task) {
    ecs.stops(task);
  }
}
