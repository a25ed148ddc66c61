package dev.mystical.scanner.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.launch.TaskRequest;
import dev.mystical.scanner.domain.launch.TasksUnavailable;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.StopOutcome;
import dev.mystical.scanner.domain.supervise.TaskReport;
import dev.mystical.scanner.domain.supervise.TaskWatcher;
import dev.mystical.scanner.domain.supervise.TaskWatcherContract;
import dev.mystical.scanner.stand.ecs.Fate;
import dev.mystical.scanner.stand.ecs.FateRule;
import dev.mystical.scanner.stand.ecs.Fault;
import dev.mystical.scanner.stand.ecs.FaultKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EcsTaskWatcherIT extends TaskWatcherContract {
  private final EcsStand stand = new EcsStand();
  private final TaskWatcher watcher = stand.clients.watcher();

  @AfterEach
  void close() {
    stand.close();
  }

  @Override
  protected TaskWatcher watcher() {
    return watcher;
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
  protected void awaitRunning(TaskArn task) {
    stand.pass(Duration.ofSeconds(10));
  }

  @Override
  protected void awaitStopped(TaskArn task) {
    stand.pass(Duration.ofMinutes(2));
  }

  @Override
  protected TaskArn ended(TaskRequest request, int exitCode) throws InterruptedException {
    stand.ecs.fate(
        new FateRule(
            Map.of("startedBy", request.startedBy()),
            1,
            Fate.exits(exitCode, Duration.ofSeconds(1))));
    TaskArn task = start(request);
    stand.pass(Duration.ofMinutes(1));
    return task;
  }

  @Test
  void aTaskWithoutContainersIsDescribed() throws InterruptedException {
    TaskRequest request = EcsStand.request();
    stand.ecs.fate(FateRule.next(Fate.failsToStart("Timeout waiting for network interface")));
    TaskArn task = start(request);
    stand.pass(Duration.ofSeconds(30));

    TaskReport report = look(task);

    assertThat(report.lastStatus()).isEqualTo("STOPPED");
    assertThat(report.containers()).isEmpty();
    assertThat(report.stopCode()).contains("TaskFailedToStart");
    assertThat(report.memory()).contains(512);
    assertThat(report.logUrl()).isEmpty();
  }

  @Test
  void wordsThatNoSdkKnowsAreKept() throws InterruptedException {
    stand.ecs.fate(FateRule.next(new Fate.Ends("MeteorStrike", "gone", -1, Duration.ofSeconds(1))));
    TaskArn task = start(EcsStand.request());
    stand.pass(Duration.ofSeconds(30));
    stand.ecs.fault(Fault.on("DescribeTasks", FaultKind.UNKNOWN_STATUS));

    TaskReport report = look(task);

    assertThat(report.lastStatus()).isEqualTo("HIBERNATING");
    assertThat(report.stopCode()).contains("MeteorStrike");
    assertThat(report.containers().getFirst().exitCode()).isEmpty();
  }

  @Test
  void aReasonOfTheContainerIsKept() throws InterruptedException {
    stand.ecs.fate(FateRule.next(Fate.outOfMemory(Duration.ofSeconds(1))));
    TaskArn task = start(EcsStand.request());
    stand.pass(Duration.ofSeconds(30));

    assertThat(look(task).containers().getFirst().reason())
        .hasValueSatisfying(reason -> assertThat(reason).startsWith("OutOfMemoryError"));
  }

  /** A look at a hundred costs the pace one call, and each stop one. */
  @Test
  void oneCallIsOneRequestEvenWhereItFails() throws InterruptedException {
    TaskArn task = start(EcsStand.request());
    stand.ecs.fault(Fault.on("DescribeTasks", FaultKind.ERROR_500).times(5));
    stand.ecs.fault(Fault.on("StopTask", FaultKind.THROTTLE).times(5));

    assertThatThrownBy(() -> look(task)).isInstanceOf(TasksUnavailable.class);
    assertThat(watcher.stop(cluster(), task, "why")).isInstanceOf(StopOutcome.Refused.class);

    assertThat(stand.ecs.calls().count("DescribeTasks")).isEqualTo(1);
    assertThat(stand.ecs.calls().count("StopTask")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultKind.class,
      names = {
        "THROTTLE",
        "ACCESS_DENIED",
        "ERROR_500",
        "DROP",
        "INVALID_PARAMETER",
        "CLUSTER_GONE"
      })
  void whatIsRefusedOrUnansweredIsNeitherAbsenceNorAStop(FaultKind kind)
      throws InterruptedException {
    TaskArn task = start(EcsStand.request());
    stand.ecs.fault(Fault.on("DescribeTasks", kind));
    stand.ecs.fault(Fault.on("StopTask", kind));

    assertThatThrownBy(() -> look(task)).isInstanceOf(TasksUnavailable.class);
    assertThat(watcher.stop(cluster(), task, "why"))
        .isInstanceOfSatisfying(
            StopOutcome.Refused.class,
            refused -> assertThat(refused.trouble().message()).startsWith("StopTask: "));
  }

  /** It was carried out, and is asked for once more. */
  @Test
  void aStopWhoseAnswerIsLostIsRepeatedWithoutHarm() throws InterruptedException {
    TaskArn task = start(EcsStand.request());
    stand.ecs.fault(Fault.on("StopTask", FaultKind.ACCEPT_THEN_DROP));

    assertThat(watcher.stop(cluster(), task, "why")).isInstanceOf(StopOutcome.Refused.class);
    assertThat(watcher.stop(cluster(), task, "why")).isEqualTo(new StopOutcome.Accepted());
    assertThat(look(task).stoppedReason()).contains("why");
  }

  private TaskReport look(TaskArn task) throws InterruptedException {
    List<TaskReport> reports = watcher.look(cluster(), List.of(task));
    assertThat(reports).hasSize(1);
    return reports.getFirst();
  }
}
