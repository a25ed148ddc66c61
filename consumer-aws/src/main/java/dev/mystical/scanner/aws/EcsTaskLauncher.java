package dev.mystical.scanner.aws;

import dev.mystical.scanner.domain.launch.LaunchOutcome;
import dev.mystical.scanner.domain.launch.TaskLauncher;
import dev.mystical.scanner.domain.launch.TaskRequest;
import software.amazon.awssdk.services.ecs.EcsClient;

/** Starts tasks through RunTask, one HTTP request a call. Immutable, for any thread. */
final class EcsTaskLauncher implements TaskLauncher {
  private final EcsClient ecs;

  EcsTaskLauncher(EcsClient ecs) {
    this.ecs = ecs;
  }

  @Override
  public LaunchOutcome launch(TaskRequest request) throws InterruptedException {
    try {
      return LaunchClassifier.of(SdkCall.of(() -> ecs.runTask(RunTaskRequests.of(request))));
    } catch (RuntimeException e) {
      return LaunchClassifier.of(e);
    }
  }
}
