package dev.mystical.scanner.aws;

import dev.mystical.scanner.domain.launch.TasksUnavailable;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;

/** Asks ECS; what fails is {@link TasksUnavailable}. */
final class EcsCall {
  private EcsCall() {}

  static <T> T of(String operation, Supplier<T> call) throws InterruptedException {
    try {
      return SdkCall.of(call);
    } catch (RuntimeException e) {
      String message = "ECS " + operation + ": " + said(e);
      throw denied(e)
          ? TasksUnavailable.denied(message, SdkCause.of(e))
          : new TasksUnavailable(message, SdkCause.of(e));
    }
  }

  private static boolean denied(RuntimeException e) {
    if (e instanceof AwsServiceException refused) {
      return refused instanceof ClusterNotFoundException || ServiceError.of(refused).denied();
    }
    return Trip.of(e) == Trip.NO_CREDENTIALS;
  }

  static String said(RuntimeException e) {
    if (e instanceof AwsServiceException refused) {
      ServiceError error = ServiceError.of(refused);
      return error + error.requestId().map(id -> " (request " + id + ")").orElse("");
    }
    return Line.of(String.valueOf(e.getMessage()));
  }
}
