package dev.mystical.scanner.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.TaskReport;
import dev.mystical.scanner.domain.supervise.TaskWatcher;
import dev.mystical.scanner.stand.ecs.Fate;
import dev.mystical.scanner.stand.ecs.FateRule;
import dev.mystical.scanner.stand.ecs.Fault;
import dev.mystical.scanner.stand.ecs.FaultKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogLinksIT {
  private static final String DEFINITION =
      """
      {"family":"%s","networkMode":"awsvpc","cpu":"256","memory":"512",
       "requiresCompatibilities":["FARGATE"],
       "containerDefinitions":[
         {"name":"scanner","image":"sonar:1","essential":true,"logConfiguration":{
           "logDriver":"awslogs",
           "options":{"awslogs-group":"/ecs/scans","awslogs-region":"eu-central-1",
                      "awslogs-stream-prefix":"sonar"}}}]}
      """;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final EcsStand stand = new EcsStand();
  private final TaskWatcher watcher = stand.clients.watcher();

  LogLinksIT() {
    stand.ecs.registerTaskDefinition(DEFINITION.formatted(EcsStand.DEFINITION));
    stand.ecs.fate(FateRule.always(Fate.exits(0, Duration.ofSeconds(20))));
  }

  @AfterEach
  void close() {
    stand.close();
  }

  @Test
  void anEndedTaskIsLinkedToItsOutput() throws InterruptedException {
    TaskArn task = ended();
    String id = task.value().substring(task.value().lastIndexOf('/') + 1);

    assertThat(look(watcher, task).logUrl())
        .contains(
            "https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1"
                + "#logsV2:log-groups/log-group/$252Fecs$252Fscans"
                + "/log-events/sonar$252Fscanner$252F"
                + id);
  }

  @Test
  void aTaskThatRunsCostsNoCallMore() throws InterruptedException {
    TaskArn task = stand.start();
    stand.pass(Duration.ofSeconds(10));

    assertThat(look(watcher, task).lastStatus()).isEqualTo("RUNNING");
    assertThat(look(watcher, task).logUrl()).isEmpty();
    assertThat(definitionsAsked()).isZero();
  }

  /** The result is sent then, before the task is STOPPED. */
  @Test
  void aTaskWhoseScannerHasEndedIsLinkedAtOnce() throws InterruptedException {
    TaskArn task = stand.start();
    int seconds = 0;
    while (look(watcher, task).containers().isEmpty()
        || look(watcher, task).containers().getFirst().exitCode().isEmpty()) {
      stand.pass(Duration.ofSeconds(1));
      assertThat(seconds++).isLessThan(60);
    }

    assertThat(look(watcher, task).lastStatus()).isNotEqualTo("STOPPED");
    assertThat(look(watcher, task).logUrl()).isPresent();
  }

  @Test
  void aTaskThatNeverRanHasNoOutput() throws InterruptedException {
    stand.ecs.clearFates();
    stand.ecs.fate(FateRule.next(Fate.failsToStart("no room")));
    TaskArn task = ended();

    assertThat(look(watcher, task).logUrl()).isEmpty();
    assertThat(definitionsAsked()).isZero();
  }

  @Test
  void aDefinitionIsAskedForOnce() throws InterruptedException {
    List<TaskArn> tasks = List.of(ended(), ended());

    assertThat(watcher.look(EcsStand.CLUSTER, tasks)).allMatch(it -> it.logUrl().isPresent());
    assertThat(watcher.look(EcsStand.CLUSTER, tasks)).allMatch(it -> it.logUrl().isPresent());

    assertThat(definitionsAsked()).isEqualTo(1);
  }

  @Test
  void anUnknownPlaceFailsNoLookAndIsAskedForAgainAfterMinutes() throws InterruptedException {
    TaskWatcher patient = stand.clients.watcher(now::get);
    TaskArn task = ended();
    stand.ecs.fault(Fault.on("DescribeTaskDefinition", FaultKind.ACCESS_DENIED));

    assertThat(look(patient, task).logUrl()).isEmpty();
    now.updateAndGet(it -> it.plus(Duration.ofMinutes(4)));
    assertThat(look(patient, task).logUrl()).isEmpty();
    assertThat(definitionsAsked()).isEqualTo(1);

    now.updateAndGet(it -> it.plus(Duration.ofMinutes(1)));
    assertThat(look(patient, task).logUrl()).isPresent();
  }

  /** Each of a hundred definitions may take its whole deadline not to be told. */
  @Test
  void oneLookWaitsForOneMissingAnswerAtMost() throws InterruptedException {
    List<TaskArn> tasks = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      stand.ecs.registerTaskDefinition(DEFINITION.formatted("other" + i));
      tasks.add(stand.start("other" + i));
    }
    stand.pass(Duration.ofMinutes(1));
    stand.ecs.fault(Fault.on("DescribeTaskDefinition", FaultKind.DROP).times(5));

    assertThat(watcher.look(EcsStand.CLUSTER, tasks)).hasSize(5);
    assertThat(definitionsAsked()).isEqualTo(1);

    stand.ecs.clearFaults();
    assertThat(watcher.look(EcsStand.CLUSTER, tasks))
        .filteredOn(it -> it.logUrl().isPresent())
        .hasSize(4);
  }

  @Test
  void whatIsKeptIsBounded() throws InterruptedException {
    for (int i = 0; i <= LogLinks.MOST; i++) {
      stand.ecs.registerTaskDefinition(DEFINITION.formatted("other" + i));
      TaskArn task = stand.start("other" + i);
      stand.pass(Duration.ofMinutes(1));
      assertThat(look(watcher, task).logUrl()).isPresent();
    }
    TaskArn first = stand.start("other0");
    stand.pass(Duration.ofMinutes(1));

    assertThat(look(watcher, first).logUrl()).isPresent();
    assertThat(definitionsAsked()).isEqualTo(LogLinks.MOST + 2);
  }

  @Test
  void anInterruptIsOneHereToo() throws InterruptedException {
    TaskArn task = ended();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> watcher.look(EcsStand.CLUSTER, List.of(task)))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private TaskArn ended() throws InterruptedException {
    TaskArn task = stand.start();
    stand.pass(Duration.ofMinutes(1));
    return task;
  }

  private static TaskReport look(TaskWatcher watcher, TaskArn task) throws InterruptedException {
    List<TaskReport> reports = watcher.look(EcsStand.CLUSTER, List.of(task));
    assertThat(reports).hasSize(1);
    return reports.getFirst();
  }

  private long definitionsAsked() {
    return stand.ecs.calls().count("DescribeTaskDefinition");
  }
}
