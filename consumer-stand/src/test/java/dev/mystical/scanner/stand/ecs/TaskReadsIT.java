package dev.mystical.scanner.stand.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskField;

class TaskReadsIT {

  private static final String UNKNOWN = "a".repeat(32);

  private final Stand stand = Stand.atHand();

  @AfterEach
  void close() {
    stand.close();
  }

  private List<String> list(Consumer<ListTasksRequest.Builder> filters) {
    return stand
        .client
        .listTasks(l -> {
          l.cluster(Stand.CLUSTER);
          filters.accept(l);
        })
        .taskArns();
  }

  @Test
  void anUnknownTaskIsMissing() {
    DescribeTasksResponse answer = stand.describe(stand.launch(), UNKNOWN);
    assertThat(answer.tasks()).hasSize(1);
    assertThat(answer.failures()).hasSize(1);
    assertThat(answer.failures().getFirst().reason()).isEqualTo("MISSING");
    assertThat(answer.failures().getFirst().arn()).endsWith("task/scans/" + UNKNOWN);
  }

  @Test
  void aTaskOfAnotherClusterIsMissing() {
    stand.ecs.createCluster("other");
    String arn = stand.launch();
    assertThat(stand.client.describeTasks(d -> d.cluster("other").tasks(arn)).failures())
        .hasSize(1);
  }

  @Test
  void atMostOneHundredAreDescribed() {
    assertThat(stand.describe(Collections.nCopies(100, UNKNOWN).toArray(new String[0])).failures())
        .hasSize(100);
    assertThatThrownBy(
            () -> stand.describe(Collections.nCopies(101, UNKNOWN).toArray(new String[0])))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(stand::describe).isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void tagsComeOnlyWhenAskedFor() {
    Tag tag = Tag.builder().key("scan:id").value("1").build();
    String arn =
        stand
            .client
            .runTask(Stand.request().tags(tag).enableECSManagedTags(true).build())
            .tasks()
            .getFirst()
            .taskArn();

    assertThat(stand.task(arn).tags()).isEmpty();
    Task tagged =
        stand
            .client
            .describeTasks(d -> d.cluster(Stand.CLUSTER).tasks(arn).include(TaskField.TAGS))
            .tasks()
            .getFirst();
    assertThat(tagged.tags())
        .contains(tag)
        .extracting(Tag::key)
        .containsExactly("scan:id", "aws:ecs:clusterName");
  }

  @Test
  void aNewTaskIsNotSeenAtOnce() {
    try (Stand late = new Stand(Stand.stepped().withVisibleAfter(Duration.ofSeconds(2)))) {
      String arn = late.launch();
      late.seconds(1);
      assertThat(late.describe(arn).failures()).hasSize(1);
      assertThat(late.client.listTasks(l -> l.cluster(Stand.CLUSTER)).taskArns()).isEmpty();
      late.seconds(1);
      assertThat(late.describe(arn).tasks()).hasSize(1);
      assertThat(late.client.listTasks(l -> l.cluster(Stand.CLUSTER)).taskArns())
          .containsExactly(arn);
    }
  }

  @Test
  void aStoppedTaskIsForgottenAfterAnHour() {
    stand.ecs.fate(FateRule.next(Fate.exits(0, Duration.ZERO)));
    String arn = stand.launch();
    stand.seconds(6 + 3599);
    assertThat(stand.describe(arn).tasks()).hasSize(1);
    stand.seconds(1);
    assertThat(stand.describe(arn).failures()).hasSize(1);
    assertThat(stand.ecs.tasks().getFirst().lastStatus()).isEqualTo("STOPPED");
  }

  @Test
  void runningTasksAreListedUnlessStoppedOnesAreAskedFor() {
    String first = stand.launch();
    String second = stand.launch();
    var unused = stand.client.stopTask(s -> s.cluster(Stand.CLUSTER).task(first));

    assertThat(list(l -> {})).containsExactly(second);
    assertThat(list(l -> l.desiredStatus("STOPPED"))).containsExactly(first);
    assertThat(list(l -> l.desiredStatus("PENDING"))).isEmpty();
  }

  @Test
  void startedByMustBeTheOnlyFilter() {
    String arn =
        stand
            .client
            .runTask(Stand.request().startedBy("scan/1/sonar").build())
            .tasks()
            .getFirst()
            .taskArn();
    stand.launch();

    assertThat(list(l -> l.startedBy("scan/1/sonar"))).containsExactly(arn);
    assertThat(list(l -> l.startedBy("scan/1"))).isEmpty();
    assertThatThrownBy(() -> list(l -> l.startedBy("scan/1/sonar").family(Stand.FAMILY)))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> list(l -> l.startedBy("scan/1/sonar").desiredStatus("STOPPED")))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void familyAndLaunchTypeFilter() {
    stand.ecs.registerTaskDefinition("pmd", "scanner", "pmd:1");
    stand.launch();
    String pmd =
        stand
            .client
            .runTask(Stand.request().taskDefinition("pmd").build())
            .tasks()
            .getFirst()
            .taskArn();
    assertThat(list(l -> l.family("pmd"))).containsExactly(pmd);
    assertThat(list(l -> l.launchType("FARGATE"))).hasSize(2);
    assertThat(list(l -> l.launchType("EC2"))).isEmpty();
  }

  @Test
  void listsComeInPagesOfOneHundred() {
    for (int i = 0; i < 11; i++) {
      var unused = stand.client.runTask(Stand.request().count(10).build());
    }
    Set<String> all = new HashSet<>();
    int pages = 0;
    for (ListTasksResponse page : stand.client.listTasksPaginator(l -> l.cluster(Stand.CLUSTER))) {
      assertThat(page.taskArns()).hasSizeLessThanOrEqualTo(100);
      all.addAll(page.taskArns());
      pages++;
    }
    assertThat(all).hasSize(110);
    assertThat(pages).isEqualTo(2);
    assertThatThrownBy(() -> list(l -> l.maxResults(101)))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> list(l -> l.nextToken("x")))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void stoppingAnUnknownTaskSaysSo() {
    assertThatThrownBy(() -> stand.client.stopTask(s -> s.cluster(Stand.CLUSTER).task(UNKNOWN)))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("The referenced task was not found.");
    assertThatThrownBy(() -> stand.client.stopTask(s -> s.cluster(Stand.CLUSTER).task("abc")))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("taskId length");
  }

  @Test
  void clustersAndProvidersAreDescribedOrMissing() {
    stand.launch();
    var clusters = stand.client.describeClusters(d -> d.clusters(Stand.CLUSTER, "other"));
    assertThat(clusters.clusters().getFirst().status()).isEqualTo("ACTIVE");
    assertThat(clusters.clusters().getFirst().pendingTasksCount()).isEqualTo(1);
    assertThat(clusters.clusters().getFirst().capacityProviders())
        .containsExactly("FARGATE", "FARGATE_SPOT");
    assertThat(clusters.failures().getFirst().reason()).isEqualTo("MISSING");

    var providers =
        stand.client.describeCapacityProviders(d -> d.capacityProviders("FARGATE", "x"));
    assertThat(providers.capacityProviders()).hasSize(1);
    assertThat(providers.failures()).hasSize(1);
  }

  @Test
  void setUpWorksOverTheProtocol() {
    var cluster =
        stand.client.createCluster(c -> c.clusterName("made").capacityProviders("FARGATE"));
    assertThat(cluster.cluster().clusterArn()).endsWith("cluster/made");
    var made =
        stand.client.registerTaskDefinition(r ->
            r.family("made")
                .networkMode("awsvpc")
                .requiresCompatibilitiesWithStrings("FARGATE")
                .cpu("256")
                .memory("512")
                .containerDefinitions(
                    ContainerDefinition.builder().name("scanner").image("i").build()));
    assertThat(made.taskDefinition().revision()).isEqualTo(1);
    var described = stand.client.describeTaskDefinition(d -> d.taskDefinition("made"));
    assertThat(described.taskDefinition().containerDefinitions().getFirst().essential()).isTrue();
    assertThat(described.taskDefinition().networkModeAsString()).isEqualTo("awsvpc");
    assertThatThrownBy(() -> stand.client.describeTaskDefinition(d -> d.taskDefinition("absent")))
        .hasMessageContaining("Unable to describe task definition.");
  }
}
