package dev.mystical.scanner.domain.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.mystical.scanner.domain.launch.SampleTasks;
import dev.mystical.scanner.domain.launch.TaskRequest;
import dev.mystical.scanner.domain.launch.TasksUnavailable;
import dev.mystical.scanner.domain.scan.StopReason;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link TaskWatcher} promises. */
public abstract class TaskWatcherContract {
  private static final String REASON = StopReason.CANCELLED.text();
  private static final TaskArn NOBODYS = new TaskArn("a".repeat(32));

  /** For the adapters' tests. */
  protected TaskWatcherContract() {}

  /** The watcher under test. */
  protected abstract TaskWatcher watcher() throws InterruptedException;

  /** A cluster that is there, with room. */
  protected abstract String cluster();

  /** A task definition that is there and needs no network, and whose container runs a while. */
  protected abstract String taskDefinition();

  /** The name of that definition's container. */
  protected abstract String container();

  /** Starts a task, and returns once ECS shows it, before its container runs. */
  protected abstract TaskArn start(TaskRequest request) throws InterruptedException;

  /** Returns once the container of a started task runs. */
  protected abstract void awaitRunning(TaskArn task) throws InterruptedException;

  /** Returns once a task that was asked to stop has stopped. */
  protected abstract void awaitStopped(TaskArn task) throws InterruptedException;

  /** Starts a task whose container ends by itself, and returns once the task has stopped. */
  protected abstract TaskArn ended(TaskRequest request, int exitCode) throws InterruptedException;

  @Test
  void aYoungTaskIsToRunAndHasNoEnd() throws InterruptedException {
    TaskReport report = look(start(request()));

    assertThat(report.lastStatus()).isIn("PROVISIONING", "PENDING", "ACTIVATING");
    assertThat(report.desiredStatus()).isEqualTo("RUNNING");
    assertThat(report.stopCode()).isEmpty();
    assertThat(report.stoppedReason()).isEmpty();
    assertThat(report.startedAt()).isEmpty();
    assertThat(report.stoppedAt()).isEmpty();
    assertThat(report.container(container()).flatMap(TaskReport.Container::exitCode)).isEmpty();
  }

  @Test
  void aRunningTaskSaysSinceWhen() throws InterruptedException {
    TaskArn task = start(request());
    awaitRunning(task);

    TaskReport report = look(task);

    assertThat(report.lastStatus()).isEqualTo("RUNNING");
    assertThat(report.startedAt()).isPresent();
    assertThat(report.container(container()))
        .contains(
            new TaskReport.Container(container(), "RUNNING", Optional.empty(), Optional.empty()));
  }

  @Test
  void anEndedTaskSaysHow() throws InterruptedException {
    TaskReport report = look(ended(request(), 3));

    assertThat(report.lastStatus()).isEqualTo("STOPPED");
    assertThat(report.desiredStatus()).isEqualTo("STOPPED");
    assertThat(report.stopCode()).contains("EssentialContainerExited");
    assertThat(report.stoppedAt()).isPresent();
    assertThat(report.container(container()).flatMap(TaskReport.Container::exitCode)).contains(3);
  }

  @Test
  void aLookTellsItsTasksApart() throws InterruptedException {
    TaskArn ended = ended(request(), 0);
    TaskArn running = start(request());
    awaitRunning(running);
    start(request());

    assertThat(watcher().look(cluster(), List.of(running, ended)))
        .extracting(TaskReport::arn, TaskReport::lastStatus)
        .containsExactlyInAnyOrder(tuple(running, "RUNNING"), tuple(ended, "STOPPED"));
  }

  @Test
  void aTaskThatEcsDoesNotKnowIsLeftOut() throws InterruptedException {
    TaskArn known = start(request());

    assertThat(watcher().look(cluster(), List.of(NOBODYS, known)))
        .extracting(TaskReport::arn)
        .containsExactly(known);
  }

  @Test
  void noNamesShowNothing() throws InterruptedException {
    assertThat(watcher().look(cluster(), List.of())).isEmpty();
  }

  @Test
  void moreNamesThanABatchAreAMistake() {
    List<TaskArn> names = Collections.nCopies(TaskWatcher.BATCH + 1, NOBODYS);

    assertThatThrownBy(() -> watcher().look(cluster(), names))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTaskGoesToItsStopWithOurReason() throws InterruptedException {
    TaskArn task = start(request());
    awaitRunning(task);

    assertThat(watcher().stop(cluster(), task, REASON)).isEqualTo(new StopOutcome.Accepted());

    assertThat(look(task).desiredStatus()).isEqualTo("STOPPED");
    awaitStopped(task);
    TaskReport report = look(task);
    assertThat(report.lastStatus()).isEqualTo("STOPPED");
    assertThat(report.stopCode()).contains("UserInitiated");
    assertThat(report.stoppedReason()).contains(REASON);
    assertThat(report.stoppedAt()).isPresent();
  }

  @Test
  void aTaskMayBeStoppedBeforeItRuns() throws InterruptedException {
    TaskArn task = start(request());

    assertThat(watcher().stop(cluster(), task, REASON)).isEqualTo(new StopOutcome.Accepted());

    awaitStopped(task);
    assertThat(look(task).lastStatus()).isEqualTo("STOPPED");
  }

  @Test
  void theFirstReasonStays() throws InterruptedException {
    TaskArn task = start(request());
    awaitRunning(task);
    watcher().stop(cluster(), task, REASON);

    assertThat(watcher().stop(cluster(), task, "another")).isEqualTo(new StopOutcome.Accepted());

    assertThat(look(task).stoppedReason()).contains(REASON);
  }

  @Test
  void aStoppedTaskStaysAsItEnded() throws InterruptedException {
    TaskArn task = ended(request(), 0);
    TaskReport before = look(task);

    assertThat(watcher().stop(cluster(), task, REASON)).isEqualTo(new StopOutcome.Accepted());

    assertThat(look(task)).isEqualTo(before);
  }

  @Test
  void aTaskThatEcsDoesNotKnowCannotBeStopped() throws InterruptedException {
    assertThat(watcher().stop(cluster(), NOBODYS, REASON)).isEqualTo(new StopOutcome.Unknown());
  }

  /** It would be taken for a proof that nothing runs. */
  @Test
  void aClusterThatIsNotThereIsNoAnswer() throws InterruptedException {
    TaskArn task = start(request());

    assertThatThrownBy(() -> watcher().look("no-such-cluster", List.of(task)))
        .isInstanceOf(TasksUnavailable.class);
    assertThat(watcher().stop("no-such-cluster", task, REASON))
        .isInstanceOf(StopOutcome.Refused.class);
  }

  @Test
  void callsOnAnInterruptedThreadAreLeft() throws InterruptedException {
    TaskWatcher watcher = watcher();

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> watcher.look(cluster(), List.of(NOBODYS)))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> watcher.stop(cluster(), NOBODYS, REASON))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private TaskReport look(TaskArn task) throws InterruptedException {
    List<TaskReport> reports = watcher().look(cluster(), List.of(task));
    assertThat(reports).hasSize(1);
    return reports.getFirst();
  }

  private TaskRequest request() {
    return SampleTasks.request(cluster(), taskDefinition(), container());
  }
}
