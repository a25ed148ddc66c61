package dev.mystical.scanner.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.launch.TaskRequest;
import dev.mystical.scanner.domain.launch.TasksUnavailable;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.TaskPage;
import dev.mystical.scanner.domain.supervise.TaskSweep;
import dev.mystical.scanner.domain.supervise.TaskSweepContract;
import dev.mystical.scanner.stand.ecs.Fault;
import dev.mystical.scanner.stand.ecs.FaultKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EcsTaskSweepIT extends TaskSweepContract {
  private final EcsStand stand = new EcsStand();

  @AfterEach
  void close() {
    stand.close();
  }

  @Override
  protected TaskSweep sweep() {
    return stand.clients.sweep();
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

  @Override
  protected TaskArn start(TaskRequest request) throws InterruptedException {
    return stand.start(request);
  }

  @Override
  protected void stop(TaskArn task) throws InterruptedException {
    stand.clients.watcher().stop(cluster(), task, "why");
    stand.pass(Duration.ofMinutes(2));
  }

  @Test
  void aPageCostsTwoCallsAndAnEmptyOneOne() throws InterruptedException {
    page(TaskSweep.Listing.RUNNING);
    assertThat(stand.ecs.calls().count("DescribeTasks")).isZero();
    start(EcsStand.request());

    page(TaskSweep.Listing.RUNNING);

    assertThat(stand.ecs.calls().count("ListTasks")).isEqualTo(2);
    assertThat(stand.ecs.calls().count("DescribeTasks")).isEqualTo(1);
  }

  /** Its scan would be taken for one that has none, and launched a second time. */
  @Test
  void aTaskThatIsListedAsRunningButNotShownIsNoAnswer() throws InterruptedException {
    start(EcsStand.request());
    stand.ecs.fault(Fault.on("DescribeTasks", FaultKind.MISSING));

    assertThatThrownBy(() -> page(TaskSweep.Listing.RUNNING)).isInstanceOf(TasksUnavailable.class);
    assertThat(page(TaskSweep.Listing.RUNNING).tasks()).hasSize(1);
  }

  @Test
  void aStoppedTaskThatIsForgottenMeanwhileIsLeftOut() throws InterruptedException {
    TaskArn task = start(EcsStand.request());
    stop(task);
    stand.ecs.fault(Fault.on("DescribeTasks", FaultKind.MISSING));

    assertThat(page(TaskSweep.Listing.STOPPED))
        .isEqualTo(new TaskPage(List.of(), Optional.empty()));
  }

  @Test
  void aRefusalIsNoAnswerAndNotRepeated() {
    stand.ecs.fault(Fault.on("ListTasks", FaultKind.ERROR_500).times(5));

    assertThatThrownBy(() -> page(TaskSweep.Listing.RUNNING))
        .isInstanceOf(TasksUnavailable.class)
        .hasMessageContaining("ListTasks");
    assertThat(stand.ecs.calls().count("ListTasks")).isEqualTo(1);
  }

  @Test
  void aTokenThatEcsDoesNotKnowIsNoAnswer() {
    assertThatThrownBy(
            () -> sweep().page(cluster(), TaskSweep.Listing.RUNNING, Optional.of("nonsense")))
        .isInstanceOf(TasksUnavailable.class);
  }

  private TaskPage page(TaskSweep.Listing listing) throws InterruptedException {
    return sweep().page(cluster(), listing, Optional.empty());
  }
}
