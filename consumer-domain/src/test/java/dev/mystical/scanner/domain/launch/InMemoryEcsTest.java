package dev.mystical.scanner.domain.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.simulation.MovableClock;
import dev.mystical.scanner.domain.supervise.StopOutcome;
import dev.mystical.scanner.domain.supervise.TaskReport;
import dev.mystical.scanner.domain.supervise.TaskSweep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InMemoryEcsTest {
  private static final String CLUSTER = "scans";
  private static final String DEFINITION = "scanner:7";
  private static final String CONTAINER = "scanner";
  private static final Duration SHOWS_AFTER = Duration.ofSeconds(2);
  private static final LaunchOutcome NO_ROOM =
      new LaunchOutcome.NoCapacity(Trouble.of("no capacity"));

  private final MovableClock clock = new MovableClock();
  private final InMemoryEcs ecs = new InMemoryEcs(clock, CLUSTER, SHOWS_AFTER);
  private final TaskRequest request = SampleTasks.request(CLUSTER, DEFINITION, CONTAINER);

  InMemoryEcsTest() {
    ecs.define(DEFINITION);
  }

  @Nested
  class AsLauncher extends TaskLauncherContract {
    @Override
    protected TaskLauncher launcher() {
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
      return CONTAINER;
    }
  }

  @Nested
  class AsReader extends TaskReaderContract {
    @Override
    protected TaskReader reader() {
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
      return CONTAINER;
    }

    @Override
    protected TaskArn start(TaskRequest wanted) throws InterruptedException {
      return startedAndShown(wanted);
    }

    @Override
    protected void stop(TaskArn task) {
      ecs.stops(task);
    }
  }

  @Test
  void anUnansweredCallThatWasCarriedOutIsAnsweredOnRepeat() throws InterruptedException {
    ecs.executeThenNoAnswer();

    assertThat(ecs.launch(request)).isInstanceOf(LaunchOutcome.NoAnswer.class);
    assertThat(ecs.launch(request)).isInstanceOf(LaunchOutcome.Started.class);
    assertThat(ecs.tasks()).hasSize(1);
  }

  @Test
  void aRefusalIsRepeatedUnderItsToken() throws InterruptedException {
    ecs.answerNext(NO_ROOM);

    assertThat(ecs.launch(request)).isEqualTo(NO_ROOM);
    assertThat(ecs.launch(request)).isEqualTo(NO_ROOM);
    assertThat(ecs.tasks()).isEmpty();
  }

  @Test
  void aThrottledCallLeavesItsTokenUnused() throws InterruptedException {
    ecs.answerNext(new LaunchOutcome.Throttled(Trouble.of("ThrottlingException")));

    assertThat(ecs.launch(request)).isInstanceOf(LaunchOutcome.Throttled.class);
    assertThat(ecs.launch(request)).isInstanceOf(LaunchOutcome.Started.class);
  }

  @Test
  void aDeniedTaskShowsAfterAWhile() throws InterruptedException {
    ecs.executeThenDeny(NO_ROOM);

    assertThat(ecs.launch(request)).isEqualTo(NO_ROOM);
    assertThat(ecs.startedBy(CLUSTER, request.startedBy())).isEmpty();
    clock.advance(SHOWS_AFTER);
    assertThat(ecs.startedBy(CLUSTER, request.startedBy())).hasSize(1);
  }

  @Test
  void aReadThatIsToFailThrows() {
    ecs.failNextReads(1);

    assertThatThrownBy(() -> ecs.startedBy(CLUSTER, request.startedBy()))
        .isInstanceOf(TasksUnavailable.class);
  }

  @Test
  void aYoungTaskDoesNotShow() throws InterruptedException {
    TaskArn task = ((LaunchOutcome.Started) ecs.launch(request)).task();

    assertThat(ecs.look(CLUSTER, List.of(task))).isEmpty();
    assertThat(ecs.stop(CLUSTER, task, "why")).isEqualTo(new StopOutcome.Unknown());
    assertThat(ecs.page(CLUSTER, TaskSweep.Listing.RUNNING, Optional.empty()).tasks()).isEmpty();
  }

  @Test
  void aStoppedTaskIsForgottenAfterAnHour() throws InterruptedException {
    TaskArn task = startedAndShown(request);
    ecs.exits(task, 0);
    clock.advance(Duration.ofMinutes(59));
    assertThat(ecs.look(CLUSTER, List.of(task))).hasSize(1);

    clock.advance(Duration.ofMinutes(1));

    assertThat(ecs.look(CLUSTER, List.of(task))).isEmpty();
    assertThat(ecs.page(CLUSTER, TaskSweep.Listing.STOPPED, Optional.empty()).tasks()).isEmpty();
    assertThat(ecs.stop(CLUSTER, task, "why")).isEqualTo(new StopOutcome.Unknown());
  }

  @Test
  void aForgottenTaskIsUnknown() throws InterruptedException {
    TaskArn task = startedAndShown(request);
    ecs.forgets(task);

    assertThat(ecs.look(CLUSTER, List.of(task))).isEmpty();
    assertThat(ecs.tasks()).hasSize(1);
  }

  @Test
  void aTaskEndsAsTheTestSays() throws InterruptedException {
    TaskArn task = startedAndShown(request);
    ecs.ends(task, "TaskFailedToStart", "no room");

    TaskReport report = ecs.look(CLUSTER, List.of(task)).getFirst();
    assertThat(report.stopCode()).contains("TaskFailedToStart");
    assertThat(report.stoppedReason()).contains("no room");
    assertThat(report.containers()).isEmpty();
  }

  @Test
  void stopsCanBeRefusedAndFollowedAtOnce() throws InterruptedException {
    TaskArn task = startedAndShown(request);
    ecs.stopAtOnce();
    ecs.failNextStops(1);

    assertThat(ecs.stop(CLUSTER, task, "why")).isInstanceOf(StopOutcome.Refused.class);
    assertThat(ecs.tasks().getFirst().stopped()).isFalse();
    assertThat(ecs.stop(CLUSTER, task, "why")).isEqualTo(new StopOutcome.Accepted());
    assertThat(ecs.tasks().getFirst().stopped()).isTrue();
    assertThat(ecs.stopCalls()).hasSize(2).containsOnly(new InMemoryEcs.StopTask(task, "why"));
  }

  private TaskArn startedAndShown(TaskRequest wanted) throws InterruptedException {
    TaskArn task = ((LaunchOutcome.Started) ecs.launch(wanted)).task();
    clock.advance(SHOWS_AFTER);
    return task;
  }
}
