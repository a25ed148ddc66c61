package dev.mystical.scanner.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.launch.TaskReader;
import dev.mystical.scanner.domain.launch.TaskReaderContract;
import dev.mystical.scanner.domain.launch.TaskRequest;
import dev.mystical.scanner.domain.launch.TasksUnavailable;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.stand.ecs.Fault;
import dev.mystical.scanner.stand.ecs.FaultKind;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EcsTaskReaderIT extends TaskReaderContract {
  private final EcsStand stand = new EcsStand();

  @AfterEach
  void close() {
    stand.close();
  }

  @Override
  protected TaskReader reader() {
    return stand.clients.tasks();
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
    stand.clients.watcher().stop(EcsStand.CLUSTER, task, "why");
    stand.pass(Duration.ofMinutes(2));
  }

  @Test
  void moreThanAPageOfTasksIsFound() throws InterruptedException {
    TaskRequest request = EcsStand.request();
    for (int i = 0; i < 105; i++) {
      start(withToken(request, "token-" + i));
    }

    assertThat(reader().startedBy(cluster(), request.startedBy())).hasSize(105);
    assertThat(stand.ecs.calls().count("ListTasks")).isEqualTo(2);
    assertThat(stand.ecs.calls().count("DescribeTasks")).isEqualTo(2);
  }

  @Test
  void moreNamesThanEcsTakesAreAMistake() {
    List<TaskArn> names = Collections.nCopies(101, new TaskArn("a"));

    assertThatThrownBy(() -> reader().describe(cluster(), names))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Taking it for absent would start a second task. */
  @Test
  void aTaskThatIsListedButNotShownIsNoAnswer() throws InterruptedException {
    TaskRequest request = EcsStand.request();
    start(request);
    stand.ecs.fault(Fault.on("DescribeTasks", FaultKind.MISSING));

    assertThatThrownBy(() -> reader().startedBy(cluster(), request.startedBy()))
        .isInstanceOf(TasksUnavailable.class);
    assertThat(reader().startedBy(cluster(), request.startedBy())).hasSize(1);
  }

  @Test
  void aRefusalIsNoAnswer() {
    stand.ecs.fault(Fault.on("ListTasks", FaultKind.ACCESS_DENIED));

    assertThatThrownBy(() -> reader().startedBy(cluster(), "scan/nobody/sonar"))
        .isInstanceOf(TasksUnavailable.class)
        .hasMessageContaining("AccessDeniedException");
  }

  @Test
  void aFailureThatPassesIsTriedAgain() throws InterruptedException {
    stand.ecs.fault(Fault.on("ListTasks", FaultKind.ERROR_500).times(2));

    assertThat(reader().startedBy(cluster(), "scan/nobody/sonar")).isEmpty();
    assertThat(stand.ecs.calls().count("ListTasks")).isEqualTo(3);
  }

  private static TaskRequest withToken(TaskRequest request, String token) {
    return new TaskRequest(
        request.cluster(),
        request.taskDefinition(),
        request.container(),
        request.placement(),
        request.network(),
        request.environment(),
        request.startedBy(),
        request.tags(),
        token);
  }
}
