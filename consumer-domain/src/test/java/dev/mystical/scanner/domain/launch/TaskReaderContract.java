package dev.mystical.scanner.domain.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.scan.TaskArn;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link TaskReader} promises. */
public abstract class TaskReaderContract {
  /** For the adapters' tests. */
  protected TaskReaderContract() {}

  /** The reader under test. */
  protected abstract TaskReader reader() throws InterruptedException;

  /** A cluster that is there, with room. */
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
  void aTaskIsFoundByTheNameItWasStartedUnder() throws InterruptedException {
    TaskRequest request = request();
    TaskArn task = start(request);
    start(request());

    List<KnownTask> found = reader().startedBy(cluster(), request.startedBy());

    assertThat(found).extracting(KnownTask::arn).containsExactly(task);
    assertThat(found.getFirst().tags()).containsAllEntriesOf(request.tags());
  }

  @Test
  void allTasksOfOneNameAreFound() throws InterruptedException {
    TaskRequest request = request();
    TaskArn first = start(request);
    TaskArn second = start(SampleTasks.withToken(request, request().clientToken()));

    assertThat(reader().startedBy(cluster(), request.startedBy()))
        .extracting(KnownTask::arn)
        .containsExactlyInAnyOrder(first, second);
  }

  @Test
  void aNameThatNoTaskHasFindsNothing() throws InterruptedException {
    assertThat(reader().startedBy(cluster(), "scan/nobody/sonar")).isEmpty();
  }

  @Test
  void aStoppedTaskIsNotFoundByNameButStillShown() throws InterruptedException {
    TaskRequest request = request();
    TaskArn task = start(request);
    stop(task);

    assertThat(reader().startedBy(cluster(), request.startedBy())).isEmpty();
    List<KnownTask> shown = reader().describe(cluster(), List.of(task));
    assertThat(shown).hasSize(1);
    assertThat(shown.getFirst().lastStatus()).isEqualTo("STOPPED");
  }

  @Test
  void namedTasksAreShownWithTheirTags() throws InterruptedException {
    TaskRequest request = request();
    TaskArn task = start(request);

    List<KnownTask> shown = reader().describe(cluster(), List.of(task));

    assertThat(shown).hasSize(1);
    assertThat(shown.getFirst().arn()).isEqualTo(task);
    assertThat(shown.getFirst().tags()).containsAllEntriesOf(request.tags());
  }

  @Test
  void aTaskThatEcsDoesNotKnowIsLeftOut() throws InterruptedException {
    TaskArn known = start(request());
    String id = "0123456789abcdef0123456789abcdef";
    TaskArn unknown =
        new TaskArn(known.value().substring(0, known.value().lastIndexOf('/') + 1) + id);

    assertThat(reader().describe(cluster(), List.of(known, unknown)))
        .extracting(KnownTask::arn)
        .containsExactly(known);
  }

  @Test
  void noNamesShowNothing() throws InterruptedException {
    assertThat(reader().describe(cluster(), List.of())).isEmpty();
  }

  @Test
  void aCallOnAnInterruptedThreadIsLeft() throws InterruptedException {
    TaskReader reader = reader();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> reader.startedBy(cluster(), "scan/nobody/sonar"))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private TaskRequest request() {
    return SampleTasks.request(cluster(), taskDefinition(), container());
  }
}
