package dev.mystical.scanner.domain.supervise;

import static dev.mystical.scanner.domain.supervise.SampleReports.SCANNER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.TaskState.Again;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every stopCode, reason and exit code that ECS is known to give, and what each means. */
class TaskJudgeTableTest {
  private static final SampleReports TASK = SampleReports.of(new TaskArn("arn:task/1"));

  /** What ECS is known to write as stoppedReason of tasks that never started. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          TaskFailedToStart: RESOURCE:CPU | ECS_CAPACITY | MAYBE
          TaskFailedToStart: RESOURCE:MEMORY | ECS_CAPACITY | MAYBE
          TaskFailedToStart: RESOURCE:PORTS | ECS_CAPACITY | MAYBE
          RESOURCE:ENI | ECS_CAPACITY | MAYBE
          RESOURCE:GPU | ECS_CAPACITY | MAYBE
          TaskFailedToStart: AGENT | ECS_CAPACITY | MAYBE
          AGENT | ECS_CAPACITY | MAYBE
          TaskFailedToStart: NO ACTIVE INSTANCES | ECS_CAPACITY | MAYBE
          TaskFailedToStart: EMPTY CAPACITY PROVIDER | ECS_CAPACITY | MAYBE
          No Container Instances were found in your capacity provider. | ECS_CAPACITY | MAYBE
          Capacity is unavailable at this time. Please try again later or in a different availability zone | ECS_CAPACITY | MAYBE
          Unexpected EC2 error while attempting to Create Network Interface in subnet 'subnet-1': InsufficientFreeAddressesInSubnet | ECS_CAPACITY | MAYBE
          Unexpected EC2 error while attempting to Create Network Interface: the subnet has no free addresses | ECS_CAPACITY | MAYBE
          Unexpected EC2 error while attempting to Create Network Interface with public IP assignment disabled | ECS_CAPACITY | MAYBE
          Unable to attach network interface to unused device index | ECS_CAPACITY | MAYBE
          You've reached the limit on the number of vCPUs you can run concurrently | ECS_QUOTA | MAYBE
          You’ve reached the limit on the number of tasks you can run concurrently | ECS_QUOTA | MAYBE
          TaskFailedToStart: ATTRIBUTE | ECS_CONFIG | NEVER
          ATTRIBUTE | ECS_CONFIG | NEVER
          LOCATION | ECS_CONFIG | NEVER
          INACTIVE | ECS_CONFIG | NEVER
          TaskFailedToStart: MemberOf placement constraint unsatisfied. | ECS_CONFIG | NEVER
          No Container Instances were found in your cluster. | ECS_CONFIG | NEVER
          The requested MEMORY configuration is above your limit | ECS_CONFIG | NEVER
          The selected task definition is not compatible with the selected compute strategy. | ECS_CONFIG | NEVER
          TaskDefinition is inactive | ECS_CONFIG | NEVER
          CannotPullContainerError: API error (404): repository 1.dkr.ecr.eu-west-1.amazonaws.com/scan not found | ECS_CONFIG | NEVER
          CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref docker.io/acme/scan:9: docker.io/acme/scan:9: not found | ECS_CONFIG | NEVER
          CannotPullContainerError: unexpected status code 403 Forbidden | ECS_CONFIG | NEVER
          CannotPullContainerError: pull access denied for acme/scan, repository does not exist or may require authorization | ECS_CONFIG | NEVER
          CannotPullContainerError: manifest for acme/scan:9 not found: manifest unknown | ECS_CONFIG | NEVER
          CannotPullContainerError: no matching manifest for linux/arm64 in the manifest list entries | ECS_CONFIG | NEVER
          CannotPullContainerError: no basic auth credentials | ECS_CONFIG | NEVER
          ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s) | ECS_CONFIG | NEVER
          ResourceInitializationError: unable to pull secrets or registry auth: api error AccessDeniedException: not authorized to perform: ssm:GetParameters | ECS_CONFIG | NEVER
          ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. | ECS_CONFIG | NEVER
          ResourceNotFoundException: fetching secret data from AWS Secrets Manager | ECS_CONFIG | NEVER
          ECS was unable to assume the role 'arn:aws:iam::1:role/x' that was provided for this task. | ECS_CONFIG | NEVER
          CannotStartContainerError: exec: "/scan": stat /scan: no such file or directory | ECS_CONFIG | NEVER
          CannotStartContainerError: standard_init_linux.go:228: exec user process caused: exec format error | ECS_CONFIG | NEVER
          CannotPullContainerError: API error (500): Get https://1.dkr.ecr.us-east-1.amazonaws.com/v2/: net/http: request canceled while waiting for connection | ECS_START_FAILED | MAYBE
          CannotPullContainerError: ref pull has been retried 5 time(s): dial tcp 10.0.0.1:443: i/o timeout | ECS_START_FAILED | MAYBE
          CannotPullContainerError: unexpected EOF | ECS_START_FAILED | MAYBE
          CannotPullContainerError: failed to copy: httpReaderSeeker: failed open: unexpected status code 503 | ECS_START_FAILED | MAYBE
          CannotPullContainerError: invalid argument | ECS_START_FAILED | MAYBE
          CannotPullContainerError: toomanyrequests: Too Many Requests. | ECS_START_FAILED | MAYBE
          CannotPullContainerError: You have reached your pull rate limit. You may increase the limit by authenticating | ECS_START_FAILED | MAYBE
          CannotPullContainerError: failed to resolve ref: unexpected status from HEAD request: 429 Too Many Requests | ECS_START_FAILED | MAYBE
          CannotPullContainerError: context canceled | ECS_START_FAILED | MAYBE
          CannotPullContainerError: dial tcp: lookup registry-1.docker.io: no such host | ECS_START_FAILED | MAYBE
          CannotPullContainerError: write /var/lib/docker/tmp/GetImageBlob1: no space left on device | ECS_START_FAILED | MAYBE
          CannotPullContainer: something else | ECS_START_FAILED | MAYBE
          ResourceInitializationError: unable to pull secrets or registry auth: context deadline exceeded | ECS_START_FAILED | MAYBE
          ResourceInitializationError: failed to configure ENI: failed to setup regular eni | ECS_START_FAILED | MAYBE
          Timeout waiting for network interface provisioning to complete. | ECS_START_FAILED | MAYBE
          Timeout waiting for EphemeralStorage provisioning to complete. | ECS_START_FAILED | MAYBE
          Unexpected EC2 error while attempting to Create Network Interface: AuthFailure | ECS_START_FAILED | MAYBE
          Unexpected EC2 error while attempting to Create Network Interface: Rate exceeded (ErrorCode: Throttling) | ECS_START_FAILED | MAYBE
          The Service Discovery instance could not be registered. | ECS_START_FAILED | MAYBE
          InternalError: failed to create network interface | ECS_START_FAILED | MAYBE
          Internal error | ECS_START_FAILED | MAYBE
          ContainerRuntimeError: could not start | ECS_START_FAILED | MAYBE
          ContainerRuntimeTimeoutError: Could not transition to running; timed out after waiting 3m0s | ECS_START_FAILED | MAYBE
          DockerTimeoutError: Could not transition to created; timed out after waiting 4m0s | ECS_START_FAILED | MAYBE
          CannotStartContainerError: failed to get container status | ECS_START_FAILED | MAYBE
          CannotStopContainerError: timed out | ECS_START_FAILED | MAYBE
          CannotInspectContainerError: Could not transition to inspecting | ECS_START_FAILED | MAYBE
          CannotCreateVolumeError: volume driver | ECS_START_FAILED | MAYBE
          CannotCreateContainerError: API error | ECS_START_FAILED | MAYBE
          Task failed to start | ECS_START_FAILED | MAYBE
          words that nobody has read before | ECS_START_FAILED | MAYBE
          Host EC2 (instance i-0a1b) terminated. | TASK_LOST | MAYBE
          Your Spot Task was interrupted. | SPOT_INTERRUPTED | SPOT
          """)
  void aTaskThatNeverStartedIsJudgedByItsWords(String reason, ErrorCode code, Again again) {
    TaskState.Failed failed = failed(TASK.stopped("TaskFailedToStart", reason));

    assertThat(failed.code()).isEqualTo(code);
    assertThat(failed.again()).isEqualTo(again);
    assertThat(failed.message()).contains(reason);
    assertThat(
            failed(
                    TASK.stopped("", "Task failed to start")
                        .container("STOPPED", Optional.empty(), Optional.of(reason)))
                .code())
        .as("the same in the container's reason, without a stopCode")
        .isEqualTo(reason.startsWith("words") ? ErrorCode.ECS_START_FAILED : code);
  }

  /** stopCode | exit code | container's reason | stoppedReason. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          EssentialContainerExited | 137 | OutOfMemoryError: Container killed due to memory usage | Essential container in task exited | OUT_OF_MEMORY | NEVER
          EssentialContainerExited | 137 | OutOfMemoryError: container killed due to memory usage | Essential container in task exited | OUT_OF_MEMORY | NEVER
          EssentialContainerExited | 137 | - | OutOfMemoryError: Container killed due to memory usage | OUT_OF_MEMORY | NEVER
          EssentialContainerExited | 0   | OutOfMemoryError: Container killed due to memory usage | Essential container in task exited | OUT_OF_MEMORY | NEVER
          UserInitiated            | 137 | OutOfMemoryError: Container killed due to memory usage | Task stopped by user | OUT_OF_MEMORY | NEVER
          SpotInterruption         | 137 | OutOfMemoryError: Container killed due to memory usage | Your Spot Task was interrupted. | OUT_OF_MEMORY | NEVER
          SpotInterruption         | 0   | - | Your Spot Task was interrupted. | SPOT_INTERRUPTED | SPOT
          SpotInterruption         | 143 | - | - | SPOT_INTERRUPTED | SPOT
          SpotInterruption         | -   | - | - | SPOT_INTERRUPTED | SPOT
          TerminationNotice        | 0   | - | Your Spot Task was interrupted. | SPOT_INTERRUPTED | SPOT
          TerminationNotice        | 137 | - | - | SPOT_INTERRUPTED | SPOT
          -                        | 0   | - | Your Spot Task was interrupted. | SPOT_INTERRUPTED | SPOT
          EssentialContainerExited | 0   | - | SpotInterruptionError | SPOT_INTERRUPTED | SPOT
          TerminationNotice        | 143 | - | Host EC2 (instance i-03dba81187d65ce7e) terminated. | TASK_LOST | MAYBE
          -                        | -   | - | Host EC2 (instance i-03dba81187d65ce7e) stopped. | TASK_LOST | MAYBE
          UserInitiated            | -   | - | Container instance deregistration forced by user | TASK_LOST | MAYBE
          ServiceSchedulerInitiated| 0   | - | ECS is performing maintenance on the underlying infrastructure hosting the task | TASK_LOST | MAYBE
          UserInitiated            | 0   | - | Task stopped by user | TASK_FAILED | NEVER
          UserInitiated            | 143 | - | too expensive | TASK_FAILED | NEVER
          UserInitiated            | 137 | - | - | TASK_FAILED | NEVER
          UserInitiated            | -   | - | Task stopped by user | TASK_FAILED | NEVER
          ServiceSchedulerInitiated| 0   | - | Scaling activity initiated by (deployment ecs-svc/1) | TASK_FAILED | NEVER
          ServiceSchedulerInitiated| 1   | - | Task failed ELB health checks in (elb x) | TASK_FAILED | NEVER
          EssentialContainerExited | 1   | - | Essential container in task exited | TASK_FAILED | NEVER
          EssentialContainerExited | 2   | - | - | TASK_FAILED | NEVER
          EssentialContainerExited | 255 | - | Essential container in task exited | TASK_FAILED | NEVER
          EssentialContainerExited | 137 | - | Essential container in task exited | TASK_FAILED | NEVER
          EssentialContainerExited | 139 | - | Essential container in task exited | TASK_FAILED | NEVER
          EssentialContainerExited | 143 | - | Essential container in task exited | TASK_FAILED | NEVER
          EssentialContainerExited | -1  | - | Essential container in task exited | TASK_FAILED | NEVER
          EssentialContainerExited | 1   | CannotStopContainerError: timed out | Essential container in task exited | TASK_FAILED | NEVER
          -                        | 1   | - | - | TASK_FAILED | NEVER
          TaskFailedToStart        | 1   | - | - | TASK_FAILED | NEVER
          SomethingNew             | 3   | - | - | TASK_FAILED | NEVER
          TaskFailedToStart        | 0   | - | - | ECS_START_FAILED | MAYBE
          EssentialContainerExited | 0   | ContainerRuntimeTimeoutError: could not transition | Essential container in task exited | ECS_START_FAILED | MAYBE
          EssentialContainerExited | -   | CannotPullContainerError: EOF | Essential container in task exited | ECS_START_FAILED | MAYBE
          EssentialContainerExited | 0   | a reason that nobody has read before | Essential container in task exited | TASK_LOST | NEVER
          EssentialContainerExited | -   | - | Essential container in task exited | TASK_LOST | NEVER
          SomethingNew             | 0   | - | because of something new | TASK_LOST | NEVER
          SomethingNew             | -   | - | because of something new | TASK_LOST | NEVER
          essentialcontainerexited | 0   | - | - | TASK_LOST | NEVER
          -                        | -   | - | - | TASK_LOST | NEVER
          """)
  void whatHasStoppedIsJudgedByCodeReasonAndExit(
      String stopCode,
      Integer exitCode,
      String itsReason,
      String reason,
      ErrorCode code,
      Again again) {
    SampleReports report =
        TASK.stopped(text(stopCode), text(reason))
            .container("STOPPED", Optional.ofNullable(exitCode), Optional.ofNullable(itsReason));

    TaskState.Failed failed = failed(report);

    assertThat(failed.code()).isEqualTo(code);
    assertThat(failed.again()).isEqualTo(again);
    assertThat(failed(report.status("DELETED", "STOPPED"))).isEqualTo(failed);
  }

  private static String text(String text) {
    return Optional.ofNullable(text).orElse("");
  }

  private static TaskState.Failed failed(SampleReports report) {
    TaskState state = TaskJudge.judge(report.report(), SCANNER);
    assertThat(state).isInstanceOf(TaskState.Failed.class);
    return (TaskState.Failed) state;
  }
}
