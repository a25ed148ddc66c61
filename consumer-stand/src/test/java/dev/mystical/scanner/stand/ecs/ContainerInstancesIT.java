package dev.mystical.scanner.stand.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/** A cluster of machines and a bridge network: RunTask with nothing but cluster and definition. */
class ContainerInstancesIT {

  private final Stand stand = Stand.atHand();

  @BeforeEach
  void addInstances() {
    stand.ecs.addContainerInstances(Stand.CLUSTER, 2, 1024, 1024);
    stand.ecs.registerTaskDefinition(
        """
        {"family":"bridge","containerDefinitions":[
          {"name":"scanner","image":"a","cpu":512,"memory":512}]}\
        """);
  }

  @AfterEach
  void close() {
    stand.close();
  }

  private RunTaskResponse run() {
    return stand.client.runTask(r -> r.cluster(Stand.CLUSTER).taskDefinition("bridge"));
  }

  @Test
  void aTaskGoesOntoAnInstanceAndBeginsPending() {
    Task task = run().tasks().getFirst();
    assertThat(task.launchTypeAsString()).isEqualTo("EC2");
    assertThat(task.lastStatus()).isEqualTo("PENDING");
    assertThat(task.containerInstanceArn()).contains(":container-instance/scans/");
    assertThat(task.attachments()).isEmpty();
    stand.seconds(2);
    assertThat(stand.task(task.taskArn()).lastStatus()).isEqualTo("RUNNING");
  }

  @Test
  void aFullClusterNamesWhatIsMissingAtEachInstance() {
    for (int i = 0; i < 4; i++) {
      assertThat(run().tasks()).hasSize(1);
    }
    RunTaskResponse fifth = run();
    assertThat(fifth.tasks()).isEmpty();
    assertThat(fifth.failures())
        .hasSize(2)
        .extracting(Failure::reason)
        .containsOnly("RESOURCE:CPU");
    assertThat(fifth.failures()).extracting(Failure::arn).doesNotContainNull();
  }

  @Test
  void aStoppedTaskGivesItsRoomBack() {
    List<String> arns =
        stand
            .client
            .runTask(r -> r.cluster(Stand.CLUSTER).taskDefinition("bridge").count(4))
            .tasks()
            .stream()
            .map(Task::taskArn)
            .toList();
    var unused = stand.client.stopTask(s -> s.cluster(Stand.CLUSTER).task(arns.getFirst()));
    assertThat(run().tasks()).isEmpty();
    stand.seconds(1);
    assertThat(run().tasks()).hasSize(1);
  }

  @Test
  void whatWouldFailWhileProvisioningFailsAtOnce() {
    stand.ecs.fate(FateRule.next(Fate.failsToStart("no image")));
    String arn = run().tasks().getFirst().taskArn();
    stand.ecs.advance(Duration.ofSeconds(2));
    assertThat(stand.task(arn).stopCodeAsString()).isEqualTo("TaskFailedToStart");
  }
}
