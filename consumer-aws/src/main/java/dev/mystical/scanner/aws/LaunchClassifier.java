package dev.mystical.scanner.aws;

import dev.mystical.scanner.domain.launch.LaunchOutcome;
import dev.mystical.scanner.domain.launch.Trouble;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Tells what an answer to RunTask means, by what is to be done about it.
 *
 * <p>Two things decide between the classes. <b>Was it carried out?</b> Where nobody knows, the same
 * token is the only safe way on. A failure in a good answer was carried out: ECS keeps it under the
 * token and would repeat it ("ECS_Idempotency" shows a replayed RESOURCE:MEMORY), so even a
 * throttle among failures needs a new placement, while a throttle that is an error (4xx) left no
 * trace and keeps its token. <b>Who can mend it?</b> Time, a person (then nobody else's request
 * would be taken either, and the provider's gate closes), or nobody (this request's own content).
 */
final class LaunchClassifier {
  private LaunchClassifier() {}

  static LaunchOutcome of(RunTaskResponse response) {
    Optional<String> requestId = RequestIds.of(response);
    if (!response.tasks().isEmpty()) {
      return started(response.tasks().getFirst(), requestId);
    }
    if (!response.failures().isEmpty()) {
      return failed(response.failures(), requestId);
    }
    // ECS writes both lists, empty or not. An answer with neither field is not its own.
    return response.hasTasks() || response.hasFailures()
        ? new LaunchOutcome.NoCapacity(
            new Trouble("RunTask answered with neither a task nor a failure", requestId))
        : new LaunchOutcome.NoAnswer(
            new Trouble("RunTask answered without saying what became of it", requestId));
  }

  private static LaunchOutcome started(Task task, Optional<String> requestId) {
    String arn = task.taskArn();
    return arn == null || arn.isBlank()
        ? new LaunchOutcome.NoAnswer(new Trouble("RunTask answered a task without ARN", requestId))
        : new LaunchOutcome.Started(new TaskArn(arn));
  }

  /**
   * On instances of our own each one that cannot take the task may have a failure in the list. If
   * any of them could but for room, room is what is missing.
   */
  private static LaunchOutcome failed(List<Failure> failures, Optional<String> requestId) {
    List<Refusal> refusals =
        failures.stream()
            // Without words, as in a replay an hour later, or in words not known: time may help.
            .map(failure -> Refusal.of(words(failure)).orElse(Refusal.CAPACITY))
            .toList();
    Trouble trouble =
        new Trouble(
            "RunTask failed: "
                + Line.of(
                    failures.stream()
                        .map(LaunchClassifier::words)
                        .distinct()
                        .collect(Collectors.joining("; "))),
            requestId);
    if (refusals.contains(Refusal.QUOTA)) {
      return new LaunchOutcome.QuotaReached(trouble);
    }
    return refusals.stream().allMatch(Refusal.CONFIGURATION::equals)
        ? new LaunchOutcome.Misconfigured(trouble)
        : new LaunchOutcome.NoCapacity(trouble);
  }

  private static String words(Failure failure) {
    String reason = failure.reason() == null ? "no reason given" : failure.reason();
    return failure.detail() == null ? reason : reason + " (" + failure.detail() + ")";
  }

  static LaunchOutcome of(RuntimeException e) {
    if (e instanceof AwsServiceException refused) {
      return refused(refused);
    }
    Trouble trouble = Trouble.of("RunTask: " + Line.of(String.valueOf(e.getMessage())));
    return switch (Trip.of(e)) {
      case NO_CREDENTIALS -> new LaunchOutcome.Misconfigured(trouble);
      // A name service that is away for a while must not fail runs as a mistake in the settings
      // would; the check command tells the mistake.
      case WRONG_HOST, LOST -> new LaunchOutcome.NoAnswer(trouble);
    };
  }

  private static LaunchOutcome refused(AwsServiceException e) {
    ServiceError error = ServiceError.of(e);
    Trouble trouble = new Trouble("RunTask: " + error, error.requestId());
    if (e instanceof ConflictException conflict) {
      return new LaunchOutcome.Conflicting(
          conflict.resourceIds().stream().filter(id -> !id.isBlank()).map(TaskArn::new).toList(),
          trouble);
    }
    if (error.throttled()) {
      return new LaunchOutcome.Throttled(trouble);
    }
    if (error.broken()) {
      return new LaunchOutcome.NoAnswer(trouble);
    }
    if (error.denied()) {
      return new LaunchOutcome.Misconfigured(trouble);
    }
    return switch (error.code()) {
      // "Common errors": RunTask's own name for a quota that is not Fargate's.
      case "LimitExceededException" -> new LaunchOutcome.QuotaReached(trouble);
      // "RunTask", Errors. The account, the cluster or the platform; no text changes that.
      case "BlockedException",
          "ClusterNotFoundException",
          "PlatformTaskDefinitionIncompatibilityException",
          "PlatformUnknownException",
          "UnsupportedFeatureException",
          "UnknownOperationException" ->
          new LaunchOutcome.Misconfigured(trouble);
      // ECS could not read the request at all.
      case "SerializationException" -> new LaunchOutcome.Rejected(trouble);
      case "" -> nameless(error, trouble);
      default -> worded(error, trouble);
    };
  }

  /** Something between us and ECS spoke, or the words of ECS were lost. */
  private static LaunchOutcome nameless(ServiceError error, Trouble trouble) {
    return switch (error.status()) {
      case 404, 405 -> new LaunchOutcome.Misconfigured(trouble);
      case 413 -> new LaunchOutcome.Rejected(trouble);
      default -> new LaunchOutcome.NoAnswer(trouble);
    };
  }

  /** ClientException and InvalidParameterException, which say everything in words. */
  private static LaunchOutcome worded(ServiceError error, Trouble trouble) {
    // Words not known are more likely about settings (subnets, container, strategy), which all
    // requests share, than about this request, whose own parts are checked before the call.
    return switch (Refusal.of(error.text()).orElse(Refusal.CONFIGURATION)) {
      case THROTTLED -> new LaunchOutcome.Throttled(trouble);
      case QUOTA -> new LaunchOutcome.QuotaReached(trouble);
      case CAPACITY -> new LaunchOutcome.NoCapacity(trouble);
      case CONFIGURATION -> new LaunchOutcome.Misconfigured(trouble);
      case REQUEST -> new LaunchOutcome.Rejected(trouble);
    };
  }
}
