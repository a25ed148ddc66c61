package dev.mystical.scanner.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.launch.LaunchOutcome;
import dev.mystical.scanner.domain.launch.LaunchOutcome.Conflicting;
import dev.mystical.scanner.domain.launch.LaunchOutcome.Misconfigured;
import dev.mystical.scanner.domain.launch.LaunchOutcome.NoAnswer;
import dev.mystical.scanner.domain.launch.LaunchOutcome.NoCapacity;
import dev.mystical.scanner.domain.launch.LaunchOutcome.QuotaReached;
import dev.mystical.scanner.domain.launch.LaunchOutcome.Rejected;
import dev.mystical.scanner.domain.launch.LaunchOutcome.Started;
import dev.mystical.scanner.domain.launch.LaunchOutcome.Throttled;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;

class LaunchClassifierTest {
  private static final String ARN = "arn:aws:ecs:eu-west-1:123456789012:task/scans/0a1b";
  private static final String CAPACITY =
      "Capacity is unavailable at this time. Please try again later or in a different"
          + " availability zone";
  private static final String WRAPPED =
      "Error retrieving subnet information for [subnet-1]: Rate exceeded (ErrorCode: Throttling)";

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of("RESOURCE:CPU", NoCapacity.class),
        Arguments.of("RESOURCE:MEMORY", NoCapacity.class),
        Arguments.of("RESOURCE:PORTS", NoCapacity.class),
        Arguments.of("RESOURCE:ENI", NoCapacity.class),
        Arguments.of("RESOURCE:GPU", NoCapacity.class),
        Arguments.of("TaskFailedToStart: RESOURCE:CPU", NoCapacity.class),
        Arguments.of("AGENT", NoCapacity.class),
        Arguments.of("TaskFailedToStart: AGENT", NoCapacity.class),
        Arguments.of("TaskFailedToStart: NO ACTIVE INSTANCES", NoCapacity.class),
        Arguments.of("TaskFailedToStart: EMPTY CAPACITY PROVIDER", NoCapacity.class),
        Arguments.of(
            "No Container Instances were found in your capacity provider", NoCapacity.class),
        Arguments.of(CAPACITY, NoCapacity.class),
        Arguments.of("Internal error", NoCapacity.class),
        Arguments.of("InternalError: timeout", NoCapacity.class),
        Arguments.of("Tasks provisioning capacity limit exceeded.", NoCapacity.class),
        Arguments.of(
            "Unexpected EC2 error while attempting to Create Network Interface in subnet",
            NoCapacity.class),
        Arguments.of(
            "Timeout waiting for network interface provisioning to complete.", NoCapacity.class),
        Arguments.of("words that nobody has seen yet", NoCapacity.class),
        // The token keeps a failure, so that not even a throttle may be repeated under it.
        Arguments.of(WRAPPED, NoCapacity.class),
        Arguments.of(
            "You've reached the limit on the number of vCPUs you can run concurrently",
            QuotaReached.class),
        Arguments.of(
            "You’ve reached the limit on the number of vCPUs you can run concurrently",
            QuotaReached.class),
        Arguments.of(
            "You've reached the limit on the number of tasks you can run concurrently",
            QuotaReached.class),
        Arguments.of(
            "You’ve reached the limit on the number of tasks you can run concurrently",
            QuotaReached.class),
        Arguments.of("The requested CPU configuration is above your limit", Misconfigured.class),
        Arguments.of("The requested MEMORY configuration is above your limit", Misconfigured.class),
        Arguments.of("ATTRIBUTE", Misconfigured.class),
        Arguments.of("TaskFailedToStart: ATTRIBUTE", Misconfigured.class),
        Arguments.of("LOCATION", Misconfigured.class),
        Arguments.of("MISSING", Misconfigured.class),
        Arguments.of("INACTIVE", Misconfigured.class),
        Arguments.of(
            "TaskFailedToStart: MemberOf placement constraint unsatisfied", Misconfigured.class),
        Arguments.of(
            "The selected task definition is not compatible with the selected compute strategy.",
            Misconfigured.class),
        Arguments.of("No Container Instances were found in your cluster.", Misconfigured.class));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void failureMeansWhatItsReasonSays(String reason, Class<? extends LaunchOutcome> meaning) {
    LaunchOutcome outcome = LaunchClassifier.of(answer(failure(reason)));

    assertThat(outcome).isInstanceOf(meaning);
    assertThat(outcome.toString()).contains(reason);
  }

  static Stream<Arguments> errors() {
    return Stream.of(
        Arguments.of(400, "ThrottlingException", "Rate exceeded", Throttled.class),
        Arguments.of(400, "RequestLimitExceeded", "Request limit exceeded.", Throttled.class),
        Arguments.of(400, "InvalidParameterException", WRAPPED, Throttled.class),
        Arguments.of(400, "ClientException", WRAPPED, Throttled.class),
        Arguments.of(400, "ClientException", "Request limit exceeded.", Throttled.class),
        Arguments.of(429, "", "", Throttled.class),
        Arguments.of(500, "ServerException", "Service Unavailable", NoAnswer.class),
        Arguments.of(400, "ServerException", "Service Unavailable", NoAnswer.class),
        Arguments.of(503, "ServiceUnavailable", "Service is unavailable.", NoAnswer.class),
        Arguments.of(502, "", "", NoAnswer.class),
        Arguments.of(408, "RequestTimeout", "", NoAnswer.class),
        Arguments.of(400, "", "", NoAnswer.class),
        Arguments.of(
            400,
            "ClientException",
            "Tasks provisioning capacity limit exceeded.",
            NoCapacity.class),
        Arguments.of(400, "ClientException", CAPACITY, NoCapacity.class),
        Arguments.of(
            400,
            "InvalidParameterException",
            "subnet-1 does not have enough free addresses",
            NoCapacity.class),
        Arguments.of(
            400,
            "ClientException",
            "You’ve reached the limit on the number of tasks you can run concurrently",
            QuotaReached.class),
        Arguments.of(400, "LimitExceededException", "Too many.", QuotaReached.class),
        Arguments.of(400, "AccessDeniedException", "not authorized", Misconfigured.class),
        Arguments.of(403, "", "", Misconfigured.class),
        Arguments.of(404, "", "", Misconfigured.class),
        Arguments.of(400, "UnrecognizedClientException", "invalid token", Misconfigured.class),
        Arguments.of(400, "ExpiredTokenException", "expired", Misconfigured.class),
        Arguments.of(400, "InvalidSignatureException", "does not match", Misconfigured.class),
        Arguments.of(400, "MissingAuthenticationToken", "", Misconfigured.class),
        Arguments.of(400, "RequestExpired", "", Misconfigured.class),
        Arguments.of(400, "ClusterNotFoundException", "Cluster not found.", Misconfigured.class),
        Arguments.of(400, "PlatformUnknownException", "", Misconfigured.class),
        Arguments.of(
            400, "PlatformTaskDefinitionIncompatibilityException", "", Misconfigured.class),
        Arguments.of(400, "UnsupportedFeatureException", "", Misconfigured.class),
        Arguments.of(400, "BlockedException", "Your account was blocked", Misconfigured.class),
        Arguments.of(400, "UnknownOperationException", "", Misconfigured.class),
        Arguments.of(400, "ClientException", "TaskDefinition is inactive", Misconfigured.class),
        Arguments.of(400, "ClientException", "TaskDefinition not found.", Misconfigured.class),
        Arguments.of(
            400, "ClientException", "Unable to describe task definition.", Misconfigured.class),
        Arguments.of(
            400,
            "InvalidParameterException",
            "Override for container named scanner is not a container in the TaskDefinition.",
            Misconfigured.class),
        Arguments.of(
            400,
            "InvalidParameterException",
            "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
            Misconfigured.class),
        Arguments.of(
            400,
            "InvalidParameterException",
            "The selected task definition is not compatible with the selected compute strategy.",
            Misconfigured.class),
        Arguments.of(
            400,
            "InvalidParameterException",
            "The new ARN and resource ID format must be enabled to add tags to the task.",
            Misconfigured.class),
        Arguments.of(
            400,
            "InvalidParameterException",
            "No Container Instances were found in your cluster.",
            Misconfigured.class),
        Arguments.of(400, "InvalidParameterException", "something new", Misconfigured.class),
        Arguments.of(400, "ASecretOfTheFutureException", "something new", Misconfigured.class),
        Arguments.of(
            400,
            "InvalidParameterException",
            "Container Overrides length must be at most 8192",
            Rejected.class),
        Arguments.of(
            400, "InvalidParameterException", "startedBy must match [a-z]", Rejected.class),
        Arguments.of(400, "InvalidParameterException", "Duplicate tag keys found.", Rejected.class),
        Arguments.of(400, "SerializationException", "", Rejected.class),
        Arguments.of(413, "", "", Rejected.class));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void errorMeansWhatItsCodeAndWordsSay(
      int status, String code, String text, Class<? extends LaunchOutcome> meaning) {
    assertThat(LaunchClassifier.of(error(status, code, text))).isInstanceOf(meaning);
  }

  @Test
  void taskIsStartedEvenWhereFailuresAreListed() {
    RunTaskResponse answer =
        RunTaskResponse.builder()
            .tasks(Task.builder().taskArn(ARN).build())
            .failures(failure("RESOURCE:CPU"))
            .build();

    assertThat(LaunchClassifier.of(answer)).isEqualTo(new Started(new TaskArn(ARN)));
  }

  @Test
  void taskWithoutNameIsNoAnswer() {
    assertThat(LaunchClassifier.of(RunTaskResponse.builder().tasks(Task.builder().build()).build()))
        .isInstanceOf(NoAnswer.class);
  }

  @Test
  void oneInstanceThatLacksRoomMeansThatRoomIsMissing() {
    assertThat(LaunchClassifier.of(answer(failure("ATTRIBUTE"), failure("RESOURCE:CPU"))))
        .isInstanceOf(NoCapacity.class);
    assertThat(LaunchClassifier.of(answer(failure("ATTRIBUTE"), failure("ATTRIBUTE"))))
        .isInstanceOf(Misconfigured.class);
  }

  @Test
  void quotaAmongFailuresCounts() {
    assertThat(
            LaunchClassifier.of(
                answer(
                    failure("RESOURCE:CPU"),
                    failure("You've reached the limit on the number of vCPUs"))))
        .isInstanceOf(QuotaReached.class);
  }

  @Test
  void failureWithoutWordsIsARefusal() {
    assertThat(LaunchClassifier.of(answer(Failure.builder().build())))
        .isInstanceOf(NoCapacity.class);
  }

  @Test
  void neitherTaskNorFailureIsARefusalAndSaidSo() {
    LaunchOutcome outcome =
        LaunchClassifier.of(RunTaskResponse.builder().tasks(List.of()).failures(List.of()).build());

    assertThat(outcome).isInstanceOf(NoCapacity.class);
    assertThat(outcome.toString()).contains("neither a task nor a failure");
  }

  @Test
  void answerThatIsNotOfEcsIsNoAnswer() {
    assertThat(LaunchClassifier.of(RunTaskResponse.builder().build())).isInstanceOf(NoAnswer.class);
  }

  @Test
  void conflictNamesTheTasks() {
    ConflictException conflict =
        ConflictException.builder()
            .resourceIds(ARN, " ")
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("ConflictException")
                    .errorMessage("used")
                    .build())
            .requestId("r-1")
            .statusCode(400)
            .build();

    LaunchOutcome outcome = LaunchClassifier.of(conflict);

    assertThat(outcome).isInstanceOf(Conflicting.class);
    assertThat(((Conflicting) outcome).tasks()).containsExactly(new TaskArn(ARN));
    assertThat(((Conflicting) outcome).trouble().requestId()).contains("r-1");
  }

  @Test
  void lostCallIsNoAnswer() {
    assertThat(lost(new IOException("Connection reset"))).isInstanceOf(NoAnswer.class);
    assertThat(lost(new UnknownHostException("ecs.eu-west-1.amazonaws.com")))
        .isInstanceOf(NoAnswer.class);
    assertThat(LaunchClassifier.of(ApiCallTimeoutException.create(10_000)))
        .isInstanceOf(NoAnswer.class);
    assertThat(LaunchClassifier.of(new IllegalStateException("Connection pool shut down")))
        .isInstanceOf(NoAnswer.class);
  }

  @Test
  void missingCredentialsAreForAPersonToMend() {
    assertThat(
            LaunchClassifier.of(
                SdkClientException.create(
                    "Unable to load credentials from any of the providers in the chain")))
        .isInstanceOf(Misconfigured.class);
  }

  @Test
  void troubleCarriesTheRequestId() {
    assertThat(LaunchClassifier.of(error(400, "ThrottlingException", "Rate exceeded")))
        .isInstanceOfSatisfying(
            Throttled.class,
            throttled -> assertThat(throttled.trouble().requestId()).contains("request-1"));
  }

  private static LaunchOutcome lost(IOException cause) {
    return LaunchClassifier.of(SdkClientException.create("Unable to execute HTTP request", cause));
  }

  private static Failure failure(String reason) {
    return Failure.builder().reason(reason).build();
  }

  private static RunTaskResponse answer(Failure... failures) {
    return RunTaskResponse.builder().tasks(List.of()).failures(failures).build();
  }

  private static RuntimeException error(int status, String code, String text) {
    AwsErrorDetails.Builder details = AwsErrorDetails.builder().errorMessage(text);
    if (!code.isEmpty()) {
      details.errorCode(code);
    }
    return EcsException.builder()
        .awsErrorDetails(details.build())
        .statusCode(status)
        .requestId("request-1")
        .build();
  }
}
