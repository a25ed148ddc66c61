package dev.mystical.scanner.stand.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;

class ThrottleIT {

  private static Stand with(Limits limits) {
    return new Stand(Stand.stepped().withLimits(limits));
  }

  private static void throttled(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            EcsException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ThrottlingException");
              assertThat(e.isThrottlingException()).isTrue();
            });
  }

  @Test
  void runTaskOnFargateGoesTwentyASecond() {
    try (Stand stand = with(Limits.documented())) {
      for (int i = 0; i < 20; i++) {
        stand.run();
      }
      throttled(stand::run);
      assertThat(stand.ecs.launched()).isEqualTo(20);
      stand.seconds(1);
      for (int i = 0; i < 20; i++) {
        stand.run();
      }
      throttled(stand::run);
    }
  }

  @Test
  void launchesHaveABucketOfTheirOwn() {
    try (Stand stand = with(Limits.documented())) {
      for (int i = 0; i < 10; i++) {
        var unused = stand.client.runTask(Stand.request().count(10).build());
      }
      throttled(stand::run);
      assertThat(stand.ecs.launched()).isEqualTo(100);
    }
  }

  @Test
  void readsShareABucket() {
    try (Stand stand = with(Limits.documented())) {
      String arn = stand.launch();
      for (int i = 0; i < 50; i++) {
        stand.task(arn);
        var unused = stand.client.listTasks(l -> l.cluster(Stand.CLUSTER));
      }
      throttled(() -> stand.task(arn));
      stand.seconds(1);
      assertThat(stand.task(arn)).isNotNull();
    }
  }

  @Test
  void runTaskAndStopTaskShareABucket() {
    try (Stand stand = with(Limits.documented())) {
      String arn = stand.launch();
      for (int i = 0; i < 99; i++) {
        var unused = stand.client.stopTask(s -> s.cluster(Stand.CLUSTER).task(arn));
      }
      throttled(stand::run);
    }
  }

  @Test
  void beyondTheVcpuQuotaLaunchesFailInTheAnswer() {
    try (Stand stand = with(Limits.none().withVcpus(0.5, 0))) {
      stand.run();
      stand.run();
      RunTaskResponse third = stand.run();
      assertThat(third.tasks()).isEmpty();
      assertThat(third.failures().getFirst().reason())
          .isEqualTo("You've reached the limit on the number of vCPUs you can run concurrently");
    }
  }

  @Test
  void aCallOfManyTasksMaySucceedInPart() {
    try (Stand stand = with(Limits.none().withVcpus(0.5, 0))) {
      RunTaskResponse answer = stand.client.runTask(Stand.request().count(3).build());
      assertThat(answer.tasks()).hasSize(2);
      assertThat(answer.failures()).hasSize(1);
    }
  }

  @Test
  void tooManyProvisioningTasksAreRefused() {
    try (Stand stand = with(Limits.none().withProvisioning(2))) {
      stand.run();
      stand.run();
      assertThatThrownBy(stand::run)
          .isInstanceOf(ClientException.class)
          .hasMessageContaining("Tasks provisioning capacity limit exceeded.");
      stand.seconds(1);
      stand.run();
    }
  }
}
