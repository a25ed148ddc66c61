package dev.mystical.scanner.stand.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;

class FaultsIT {

  private final Stand stand = Stand.atHand();

  @AfterEach
  void close() {
    stand.close();
  }

  private void fault(FaultKind kind) {
    stand.ecs.fault(Fault.on("RunTask", kind));
  }

  @ParameterizedTest
  @CsvSource({
    "THROTTLE, 400, ThrottlingException, Rate exceeded",
    "WRAPPED_THROTTLE, 400, InvalidParameterException, Rate exceeded (ErrorCode: Throttling)",
    "ERROR_500, 500, ServerException, try again",
    "ERROR_503, 503, ServiceUnavailable, unavailable",
    "ACCESS_DENIED, 400, AccessDeniedException, is not authorized",
    "UNRECOGNIZED_CLIENT, 400, UnrecognizedClientException, security token",
    "EXPIRED_TOKEN, 400, ExpiredTokenException, is expired",
    "CLUSTER_GONE, 400, ClusterNotFoundException, Cluster not found.",
    "TASK_DEFINITION_INACTIVE, 400, ClientException, TaskDefinition is inactive",
    "PROVISIONING_LIMIT, 400, ClientException, Tasks provisioning capacity limit exceeded.",
    "INVALID_PARAMETER, 400, InvalidParameterException, Invalid parameter",
  })
  void anErrorAnswerLaunchesNothing(FaultKind kind, int status, String type, String text) {
    fault(kind);
    EcsException error = catchThrowableOfType(EcsException.class, stand::run);
    assertThat(error.statusCode()).isEqualTo(status);
    assertThat(error.awsErrorDetails().errorCode()).isEqualTo(type);
    assertThat(error.awsErrorDetails().errorMessage()).contains(text);
    assertThat(error.requestId()).isNotEmpty();
    assertThat(stand.ecs.launched()).isZero();
    assertThat(stand.run().tasks()).as("once").hasSize(1);
  }

  @Test
  void aProxysPageHasNoErrorCode() {
    fault(FaultKind.HTML_502);
    EcsException error = catchThrowableOfType(EcsException.class, stand::run);
    assertThat(error.statusCode()).isEqualTo(502);
    assertThat(error.awsErrorDetails().errorCode()).isNull();
    assertThat(stand.ecs.launched()).isZero();
  }

  @Test
  void aDroppedConnectionLaunchesNothing() {
    fault(FaultKind.DROP);
    assertThatThrownBy(stand::run).isInstanceOf(SdkClientException.class);
    assertThat(stand.ecs.launched()).isZero();
  }

  @Test
  void aHangingCallEndsByTheCallersTimeout() {
    fault(FaultKind.HANG);
    assertThatThrownBy(() ->
            stand.client.runTask(
                Stand.request()
                    .overrideConfiguration(c -> c.apiCallTimeout(Duration.ofMillis(300)))
                    .build()))
        .isInstanceOfAny(ApiCallTimeoutException.class, ApiCallAttemptTimeoutException.class);
    assertThat(stand.ecs.launched()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "NO_CAPACITY, Capacity is unavailable at this time. Please try again later or in a different"
        + " availability zone",
    "RESOURCE_MEMORY, RESOURCE:MEMORY",
    "RESOURCE_CPU, RESOURCE:CPU",
    "AGENT, AGENT",
    "QUOTA_CURLY, You\u2019ve reached the limit on the number of vCPUs you can run concurrently",
    "FAILURE, Internal error",
  })
  void aPlacementFailureIsAnAnswer(FaultKind kind, String reason) {
    fault(kind);
    RunTaskResponse answer = stand.run();
    assertThat(answer.sdkHttpResponse().statusCode()).isEqualTo(200);
    assertThat(answer.tasks()).isEmpty();
    assertThat(answer.failures().getFirst().reason()).isEqualTo(reason);
    assertThat(answer.failures().getFirst().arn()).isNull();
    assertThat(stand.ecs.launched()).isZero();
  }

  @Test
  void quotasSpeakWithAnApostrophe() {
    fault(FaultKind.QUOTA);
    fault(FaultKind.QUOTA_TASKS);
    assertThat(stand.run().failures().getFirst().reason())
        .isEqualTo("You've reached the limit on the number of vCPUs you can run concurrently");
    assertThat(stand.run().failures().getFirst().reason())
        .isEqualTo("You've reached the limit on the number of tasks you can run concurrently");
  }

  @Test
  void oneProviderCanBeOutWhileTheOtherIsNot() {
    stand.ecs.fault(
        Fault.on("RunTask", FaultKind.NO_CAPACITY)
            .always()
            .matching("capacityProvider", "FARGATE_SPOT"));
    assertThat(on("FARGATE_SPOT").failures()).hasSize(1);
    assertThat(on("FARGATE").tasks()).hasSize(1);
    assertThat(on("FARGATE_SPOT").failures()).hasSize(1);
    stand.ecs.clearFaults();
    assertThat(on("FARGATE_SPOT").tasks()).hasSize(1);
  }

  private RunTaskResponse on(String provider) {
    return stand.client.runTask(
        Stand.request()
            .launchType((String) null)
            .capacityProviderStrategy(
                CapacityProviderStrategyItem.builder().capacityProvider(provider).build())
            .build());
  }

  @Test
  void oneSubnetCanBeOutOfCapacity() {
    stand.ecs.fault(
        Fault.on("RunTask", FaultKind.NO_CAPACITY).always().matching("subnet", "subnet-1"));
    assertThat(stand.run().failures()).hasSize(1);
    assertThat(
            stand
                .client
                .runTask(
                    Stand.request()
                        .networkConfiguration(
                            n -> n.awsvpcConfiguration(v -> v.subnets("subnet-2")))
                        .build())
                .tasks())
        .hasSize(1);
  }

  @Test
  void someTasksOfACallMayFail() {
    stand.ecs.fault(Fault.on("RunTask", FaultKind.NO_CAPACITY).times(2));
    RunTaskResponse answer = stand.client.runTask(Stand.request().count(3).build());
    assertThat(answer.tasks()).hasSize(1);
    assertThat(answer.failures()).hasSize(2);
  }

  @Test
  void aGhostIsDeniedAndYetThere() {
    fault(FaultKind.GHOST);
    RunTaskResponse answer =
        stand.client.runTask(Stand.request().startedBy("scan/1/sonar").build());
    assertThat(answer.tasks()).isEmpty();
    assertThat(answer.failures()).hasSize(1);
    assertThat(
            stand
                .client
                .listTasks(l -> l.cluster(Stand.CLUSTER).startedBy("scan/1/sonar"))
                .taskArns())
        .hasSize(1);
  }

  @Test
  void anAnswerMayBeEmpty() {
    fault(FaultKind.EMPTY);
    RunTaskResponse answer = stand.run();
    assertThat(answer.tasks()).isEmpty();
    assertThat(answer.failures()).isEmpty();
    assertThat(stand.ecs.launched()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"ACCEPT_THEN_DROP", "ACCEPT_THEN_500"})
  void aLostAnswerIsFoundAgainByTheSdksOwnRetry(FaultKind kind) {
    fault(kind);
    try (EcsClient retrying = Stand.client(stand.ecs.endpoint(), true)) {
      String arn = retrying.runTask(Stand.request().build()).tasks().getFirst().taskArn();
      assertThat(stand.ecs.tasks()).extracting(LaunchedTask::taskArn).containsExactly(arn);
    }
    assertThat(stand.ecs.calls().count("RunTask")).isEqualTo(2);
    assertThat(stand.ecs.calls().runTasks())
        .extracting(RunTaskCall::body)
        .as("byte for byte the same")
        .allMatch(stand.ecs.calls().runTasks().getFirst().body()::equals);
  }

  @Test
  void anAcceptedCallMayNeverBeAnswered() {
    fault(FaultKind.ACCEPT_THEN_HANG);
    assertThatThrownBy(() ->
            stand.client.runTask(
                Stand.request()
                    .overrideConfiguration(c -> c.apiCallTimeout(Duration.ofMillis(500)))
                    .build()))
        .isInstanceOfAny(ApiCallTimeoutException.class, ApiCallAttemptTimeoutException.class);
    assertThat(stand.ecs.launched()).isEqualTo(1);
  }

  @Test
  void aConflictNamesTheTaskThatIsThere() {
    fault(FaultKind.CONFLICT);
    ConflictException conflict = catchThrowableOfType(ConflictException.class, stand::run);
    assertThat(stand.ecs.tasks())
        .extracting(LaunchedTask::taskArn)
        .isEqualTo(conflict.resourceIds());
  }

  @Test
  void aSlowAnswerComes() {
    stand.ecs.fault(Fault.on("RunTask", FaultKind.SLOW).delayed(Duration.ofMillis(200)));
    long begun = System.nanoTime();
    assertThat(stand.run().tasks()).hasSize(1);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(200));
  }

  @Test
  void timesAsTextsBreakTheSdkAfterTheLaunch() {
    fault(FaultKind.ISO_TIMES);
    assertThatThrownBy(stand::run).isInstanceOf(SdkClientException.class);
    assertThat(stand.ecs.launched()).isEqualTo(1);
  }

  @Test
  void readsCanSayWhatNobodyKnows() {
    String arn = stand.launch();
    stand.ecs.fault(Fault.on("DescribeTasks", FaultKind.UNKNOWN_STATUS));
    assertThat(stand.task(arn).lastStatus()).isEqualTo("HIBERNATING");
    stand.ecs.fault(Fault.on("DescribeTasks", FaultKind.MISSING));
    assertThat(stand.describe(arn).failures().getFirst().reason()).isEqualTo("MISSING");
    assertThat(stand.task(arn).lastStatus()).isEqualTo("PROVISIONING");
  }

  @Test
  void aFaultWaitsForTheCallsItMatches() {
    stand.ecs.fault(
        Fault.on("RunTask", FaultKind.ERROR_500).matching("startedBy", "scan/7/*").times(2));
    stand.run();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () -> stand.client.runTask(Stand.request().startedBy("scan/7/sonar").build()))
          .isInstanceOf(EcsException.class);
    }
    assertThat(stand.ecs.faults()).isEmpty();
  }

  @Test
  void aFaultCanLetCallsPassFirst() {
    stand.ecs.fault(Fault.on("*", FaultKind.ERROR_500).skipping(2));
    stand.run();
    stand.run();
    assertThatThrownBy(stand::run).isInstanceOf(EcsException.class);
  }

  @Test
  void oneOperationMayBeDeniedAndAnotherNot() {
    stand.ecs.fault(Fault.on("StopTask", FaultKind.ACCESS_DENIED).always());
    String arn = stand.launch();
    assertThatThrownBy(() -> stand.client.stopTask(s -> s.cluster(Stand.CLUSTER).task(arn)))
        .isInstanceOf(EcsException.class)
        .hasMessageContaining("is not authorized");
    assertThat(stand.task(arn)).isNotNull();
  }
}
