package dev.mystical.scanner.aws;

import dev.mystical.scanner.domain.launch.TasksUnavailable;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Asks ECS; what fails is {@link TasksUnavailable}. */
final class EcsCall {
  private EcsCall() {}

  static <T> T of(String operation, Supplier<T> call) throws InterruptedException {
    try {
      return SdkCall.of(call);
    } catch (RuntimeException e) {
      throw new TasksUnavailable("ECS " + operation + ": " + said(e), SdkCause.of(e));
    }
  }

  static String said(RuntimeException e) {
    if (e instanceof AwsServiceException refused) {
      ServiceError error = ServiceError.of(refused);
      return error + error.requestId().map(id -> " (request " + id + ")").orElse("");
    }
    return Line.of(String.valueOf(e.getMessage()));
  }
}
