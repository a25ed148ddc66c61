package dev.mystical.scanner.stand.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.Task;

/** Ends that come otherwise than by the book, and how long they are known. */
class TaskEndsIT {

  private static final TaskTimes SHORT =
      new TaskTimes(Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(10));

  private final Stand stand = new Stand(Stand.stepped().withTimes(SHORT));

  @AfterEach
  void close() {
    stand.close();
  }

  private void stop(String arn) {
    var unused = stand.client.stopTask(s -> s.cluster(Stand.CLUSTER).task(arn));
  }

  /** A task with two essential containers, where the second one is a sidecar. */
  private String withSidecar(Fate scanner, Fate sidecar) {
    stand.ecs.registerTaskDefinition(
        """
        {"family":"two","networkMode":"awsvpc","cpu":"256","memory":"512",
         "requiresCompatibilities":["FARGATE"],
         "containerDefinitions":[{"name":"scanner","image":"a"},
          {"name":"proxy","image":"b","essential":true}]}\
        """);
    stand.ecs.fate(FateRule.next(scanner));
    stand.ecs.fate(new FateRule(Map.of("container", "proxy"), 1, sidecar));
    return stand
        .client
        .runTask(Stand.request().taskDefinition("two").build())
        .tasks()
        .getFirst()
        .taskArn();
  }

  @Test
  void anEssentialSidecarTakesTheScannerWithIt() {
    String arn = withSidecar(Fate.runsOn(), Fate.exits(1, Duration.ofSeconds(1)));
    stand.seconds(20 - 11);
    Task task = stand.task(arn);
    assertThat(task.stopCodeAsString()).isEqualTo("EssentialContainerExited");
    assertThat(task.containers()).extracting(Container::exitCode).containsExactly(143, 1);
  }

  @Test
  void aTaskMayLingerAfterItsContainer() {
    stand.ecs.fate(FateRule.next(new Fate.Lingers(0, Duration.ofSeconds(1))));
    String arn = stand.launch();
    stand.ecs.advance(Duration.ofHours(3));
    Task lingering = stand.task(arn);
    assertThat(lingering.lastStatus()).isEqualTo("RUNNING");
    assertThat(lingering.desiredStatus()).isEqualTo("RUNNING");
    assertThat(lingering.containers().getFirst().exitCode()).isZero();

    stop(arn);
    stand.seconds(4);
    Task task = stand.task(arn);
    assertThat(task.lastStatus()).isEqualTo("STOPPED");
    assertThat(task.stopCodeAsString()).isEqualTo("UserInitiated");
    assertThat(task.containers().getFirst().exitCode()).isZero();
  }

  @Test
  void theGraceAndTheNoticeCanBeShort() {
    stand.ecs.fate(FateRule.next(new Fate.RunsOn(137)));
    String stopped = stand.launch();
    stand.ecs.fate(FateRule.next(Fate.interrupted(Duration.ZERO)));
    String taken = stand.launch();
    stand.seconds(3);
    stop(stopped);
    stand.seconds(3);
    assertThat(List.of(stopped, taken))
        .allSatisfy(arn -> assertThat(stand.task(arn).lastStatus()).isEqualTo("STOPPING"));
    stand.seconds(3);
    assertThat(List.of(stopped, taken))
        .allSatisfy(arn -> assertThat(stand.task(arn).lastStatus()).isEqualTo("STOPPED"));
  }

  @Test
  void aStoppedTaskAndItsTokenCanBeForgottenSoon() {
    stand.ecs.fate(FateRule.next(Fate.exits(0, Duration.ZERO)));
    String arn = launchAs("token");
    stand.seconds(6 + 9);
    assertThat(stand.describe(arn).tasks()).hasSize(1);
    assertThat(launchAs("token")).isEqualTo(arn);

    stand.seconds(1);
    assertThat(stand.describe(arn).failures()).hasSize(1);
    assertThat(stand.client.listTasks(l -> l.cluster(Stand.CLUSTER).desiredStatus("STOPPED")))
        .satisfies(answer -> assertThat(answer.taskArns()).isEmpty());
    assertThatThrownBy(() -> stop(arn))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("The referenced task was not found.");
    assertThat(launchAs("token")).isNotEqualTo(arn);
  }

  private String launchAs(String token) {
    return stand
        .client
        .runTask(Stand.request().clientToken(token).build())
        .tasks()
        .getFirst()
        .taskArn();
  }
}
