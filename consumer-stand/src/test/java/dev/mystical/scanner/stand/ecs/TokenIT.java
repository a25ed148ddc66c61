package dev.mystical.scanner.stand.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;

class TokenIT {

  private final Stand stand = Stand.atHand();

  @AfterEach
  void close() {
    stand.close();
  }

  private static RunTaskRequest.Builder request() {
    return Stand.request().clientToken("token-1").startedBy("scan/1/sonar");
  }

  private RunTaskResponse run() {
    return stand.client.runTask(request().build());
  }

  @Test
  void aRepeatGetsTheSameTask() {
    Task first = run().tasks().getFirst();
    stand.seconds(3);

    Task again = run().tasks().getFirst();
    assertThat(again.taskArn()).isEqualTo(first.taskArn());
    assertThat(again.lastStatus()).isEqualTo("RUNNING");
    assertThat(stand.ecs.launched()).isEqualTo(1);
  }

  @Test
  void withoutATokenEveryCallLaunches() {
    stand.launch();
    stand.launch();
    assertThat(stand.ecs.launched()).isEqualTo(2);
  }

  @Test
  void otherParametersAreAConflictThatNamesTheTask() {
    String arn = run().tasks().getFirst().taskArn();

    ConflictException conflict =
        catchThrowableOfType(
            ConflictException.class,
            () -> stand.client.runTask(request().startedBy("scan/2/sonar").build()));
    assertThat(conflict.resourceIds()).containsExactly(arn);
    assertThat(stand.ecs.launched()).isEqualTo(1);
  }

  @Test
  void aTokenIsOneClustersOwn() {
    stand.ecs.createCluster("other");
    run();
    var unused = stand.client.runTask(request().cluster("other").build());
    assertThat(stand.ecs.launched()).isEqualTo(2);
  }

  @Test
  void aRepeatRepeatsTheFailuresToo() {
    stand.ecs.fault(Fault.on("RunTask", FaultKind.NO_CAPACITY));
    assertThat(run().failures()).hasSize(1);

    assertThat(run().failures()).hasSize(1);
    assertThat(run().tasks()).isEmpty();
    assertThat(stand.ecs.launched()).isZero();
    assertThat(stand.client.runTask(request().clientToken("token-2").build()).tasks()).hasSize(1);
  }

  @Test
  void ofAStoppedTaskARepeatTellsLittle() {
    stand.ecs.fate(FateRule.next(Fate.exits(0, Duration.ZERO)));
    String arn = run().tasks().getFirst().taskArn();
    stand.seconds(60);

    Task again = run().tasks().getFirst();
    assertThat(again.taskArn()).isEqualTo(arn);
    assertThat(again.lastStatus()).isEqualTo("STOPPED");
    assertThat(again.desiredStatus()).isEqualTo("STOPPED");
    assertThat(again.containers()).isEmpty();
    assertThat(again.stopCode()).isNull();
  }

  @Test
  void oneHourAfterTheTasksEndTheTokenLaunchesAgain() {
    stand.ecs.fate(FateRule.next(Fate.exits(0, Duration.ZERO)));
    run();
    stand.seconds(3600);
    run();
    assertThat(stand.ecs.launched()).isEqualTo(1);

    stand.seconds(10);
    run();
    assertThat(stand.ecs.launched()).isEqualTo(2);
  }

  @Test
  void aRunningTasksTokenIsForgottenAfterADay() {
    run();
    stand.ecs.advance(Duration.ofHours(24).minusSeconds(1));
    run();
    assertThat(stand.ecs.launched()).isEqualTo(1);

    stand.seconds(1);
    run();
    assertThat(stand.ecs.launched()).isEqualTo(2);
  }

  @Test
  void aRepeatIsAnsweredThoughTheDefinitionIsGone() {
    run();
    var unused = stand.client.deregisterTaskDefinition(d -> d.taskDefinition("sonar:1"));
    assertThat(run().tasks()).hasSize(1);
  }
}
