package dev.mystical.scanner.domain.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.launch.SampleTasks;
import dev.mystical.scanner.domain.launch.TaskRequest;
import dev.mystical.scanner.domain.launch.TasksUnavailable;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.TaskSweep.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link TaskSweep} promises. */
public abstract class TaskSweepContract {
  private static final Placement FARGATE = new Placement.CapacityProvider("FARGATE");

  /** For the adapters' tests. */
  protected TaskSweepContract() {}

  /** The sweep under test. */
  protected abstract TaskSweep sweep() throws InterruptedException;

  /** A cluster that is there, with room, and without a task. */
  protected abstract String cluster();

  /** A task definition that is there and needs no network, and whose container runs a while. */
  protected abstract String taskDefinition();

  /** The name of that definition's container. */
  protected abstract String container();

  /** Starts a task, and returns once ECS shows it. */
  protected abstract TaskArn start(TaskRequest request) throws InterruptedException;

  /** Stops a task, and returns once ECS shows it as STOPPED. */
  protected abstract void stop(TaskArn task) throws InterruptedException;

  @Test
  void aClusterWithoutTasksHasOneEmptyPage() throws InterruptedException {
    for (Listing listing : Listing.values()) {
      assertThat(sweep().page(cluster(), listing, Optional.empty()))
          .isEqualTo(new TaskPage(List.of(), Optional.empty()));
    }
  }

  @Test
  void aTaskIsListedWithWhatItsLaunchSaid() throws InterruptedException {
    TaskRequest request = request();
    TaskArn task = start(request);

    List<ListedTask> listed = all(Listing.RUNNING);

    assertThat(listed).hasSize(1);
    ListedTask found = listed.getFirst();
    assertThat(found.arn()).isEqualTo(task);
    assertThat(found.startedBy()).isEqualTo(request.startedBy());
    assertThat(found.tags()).containsAllEntriesOf(request.tags());
    assertThat(found.taskDefinition())
        .startsWith("arn:")
        .contains("task-definition/" + taskDefinition());
    assertThat(found.container()).contains(container());
    assertThat(found.environment()).isEqualTo(request.environment());
    assertThat(found.placement()).isEqualTo(FARGATE);
    assertThat(found.createdAt()).isPresent();
    assertThat(found.desiredStatus()).isEqualTo("RUNNING");
    assertThat(found.lastStatus()).isNotEqualTo("STOPPED");
    assertThat(all(Listing.STOPPED)).isEmpty();
  }

  @Test
  void aStoppedTaskIsAmongTheStoppedWithAllThatItsLaunchSaid() throws InterruptedException {
    TaskRequest request = request();
    TaskArn task = start(request);
    stop(task);

    assertThat(all(Listing.RUNNING)).isEmpty();
    List<ListedTask> listed = all(Listing.STOPPED);
    assertThat(listed).extracting(ListedTask::arn).containsExactly(task);
    assertThat(listed.getFirst().lastStatus()).isEqualTo("STOPPED");
    assertThat(listed.getFirst().tags()).containsAllEntriesOf(request.tags());
    assertThat(listed.getFirst().environment()).isEqualTo(request.environment());
  }

  @Test
  void tasksOfOthersAreLeftOut() throws InterruptedException {
    start(SampleTasks.withStartedBy(request(), "somebody"));
    TaskArn ours = start(request());
    start(SampleTasks.withStartedBy(request(), "scanner/1"));

    assertThat(all(Listing.RUNNING)).extracting(ListedTask::arn).containsExactly(ours);
  }

  @Test
  void everyTaskIsOnOnePage() throws InterruptedException {
    List<TaskArn> started = new ArrayList<>();
    for (int i = 0; i < 105; i++) {
      started.add(start(request()));
    }

    assertThat(all(Listing.RUNNING))
        .extracting(ListedTask::arn)
        .containsExactlyInAnyOrderElementsOf(started);
  }

  /** Variables hold a run's token. */
  @Test
  void aTaskKeepsItsVariablesOutOfItsText() throws InterruptedException {
    TaskRequest request = request();
    start(request);

    assertThat(all(Listing.RUNNING).getFirst().toString())
        .contains(request.startedBy())
        .doesNotContain("SCAN_ID");
  }

  @Test
  void aClusterThatIsNotThereIsNoAnswer() {
    assertThatThrownBy(() -> sweep().page("no-such-cluster", Listing.RUNNING, Optional.empty()))
        .isInstanceOf(TasksUnavailable.class);
  }

  @Test
  void aCallOnAnInterruptedThreadIsLeft() throws InterruptedException {
    TaskSweep sweep = sweep();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> sweep.page(cluster(), Listing.RUNNING, Optional.empty()))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private List<ListedTask> all(Listing listing) throws InterruptedException {
    List<ListedTask> all = new ArrayList<>();
    Optional<String> token = Optional.empty();
    for (int pages = 0; pages < 10; pages++) {
      TaskPage page = sweep().page(cluster(), listing, token);
      all.addAll(page.tasks());
      token = page.next();
      if (token.isEmpty()) {
        return all;
      }
    }
    throw new AssertionError("a list without an end");
  }

  private TaskRequest request() {
    return SampleTasks.withPlacement(
        SampleTasks.request(cluster(), taskDefinition(), container()), FARGATE);
  }
}
