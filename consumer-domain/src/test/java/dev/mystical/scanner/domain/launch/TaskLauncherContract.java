package dev.mystical.scanner.domain.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.scan.TaskArn;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link TaskLauncher} promises, where ECS does as it says. */
public abstract class TaskLauncherContract {
  /** For the adapters' tests. */
  protected TaskLauncherContract() {}

  /** The launcher under test. */
  protected abstract TaskLauncher launcher() throws InterruptedException;

  /** A cluster that is there, with room. */
  protected abstract String cluster();

  /** A task definition that is there and needs no network, and whose container runs a while. */
  protected abstract String taskDefinition();

  /** The name of that definition's container. */
  protected abstract String container();

  @Test
  void aTaskIsStarted() throws InterruptedException {
    assertThat(launcher().launch(request())).isInstanceOf(LaunchOutcome.Started.class);
  }

  @Test
  void aRepeatedRequestIsTheSameTask() throws InterruptedException {
    TaskRequest request = request();
    TaskArn first = started(request);

    assertThat(launcher().launch(request)).isEqualTo(new LaunchOutcome.Started(first));
  }

  @Test
  void anotherTokenIsAnotherTask() throws InterruptedException {
    TaskRequest request = request();
    TaskArn first = started(request);
    TaskRequest other = SampleTasks.withToken(request, request().clientToken());

    assertThat(started(other)).isNotEqualTo(first);
  }

  @Test
  void aTokenWithAnotherRequestNamesItsTask() throws InterruptedException {
    TaskRequest request = request();
    TaskArn first = started(request);

    LaunchOutcome outcome =
        launcher().launch(SampleTasks.withVariable(request, "SCAN_ATTEMPT", "2"));

    assertThat(outcome).isInstanceOf(LaunchOutcome.Conflicting.class);
    assertThat(((LaunchOutcome.Conflicting) outcome).tasks()).isEqualTo(List.of(first));
  }

  @Test
  void aTaskDefinitionThatIsNotThereIsMisconfigured() throws InterruptedException {
    TaskRequest request = SampleTasks.request(cluster(), "no-such-definition", container());

    assertThat(launcher().launch(request)).isInstanceOf(LaunchOutcome.Misconfigured.class);
  }

  @Test
  void aClusterThatIsNotThereIsMisconfigured() throws InterruptedException {
    TaskRequest request = SampleTasks.request("no-such-cluster", taskDefinition(), container());

    assertThat(launcher().launch(request)).isInstanceOf(LaunchOutcome.Misconfigured.class);
  }

  @Test
  void aCallOnAnInterruptedThreadIsLeft() throws InterruptedException {
    TaskLauncher launcher = launcher();
    TaskRequest request = request();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> launcher.launch(request)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private TaskRequest request() {
    return SampleTasks.request(cluster(), taskDefinition(), container());
  }

  private TaskArn started(TaskRequest request) throws InterruptedException {
    LaunchOutcome outcome = launcher().launch(request);
    assertThat(outcome).isInstanceOf(LaunchOutcome.Started.class);
    return ((LaunchOutcome.Started) outcome).task();
  }
}
