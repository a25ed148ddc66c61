package dev.mystical.scanner.aws;

import dev.mystical.scanner.domain.launch.Trouble;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.StopOutcome;
import dev.mystical.scanner.domain.supervise.TaskReport;
import dev.mystical.scanner.domain.supervise.TaskWatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Looks at tasks through DescribeTasks, and stops them through StopTask, each one HTTP request.
 * Where the output of an ended task is asks for its definition once; that comes from another of
 * ECS' paces ("Task definition read"). For any thread.
 */
final class EcsTaskWatcher implements TaskWatcher {
  private static final String NOT_FOUND = "task was not found";

  private final EcsClient ecs;
  private final LogLinks logs;

  EcsTaskWatcher(EcsClient ecs, LogLinks logs) {
    this.ecs = ecs;
    this.logs = logs;
  }

  @Override
  public List<TaskReport> look(String cluster, List<TaskArn> tasks) throws InterruptedException {
    List<Task> known = EcsTasks.describe(ecs, cluster, tasks);
    LogLinks.Look look = logs.look();
    List<TaskReport> reports = new ArrayList<>(known.size());
    for (Task task : known) {
      reports.add(TaskReports.of(task, look.of(task)));
    }
    return reports;
  }

  @Override
  public StopOutcome stop(String cluster, TaskArn task, String reason) throws InterruptedException {
    try {
      StopTaskResponse answer =
          SdkCall.of(
              () -> ecs.stopTask(it -> it.cluster(cluster).task(task.value()).reason(reason)));
      return answer.task() == null
          ? new StopOutcome.Refused(
              new Trouble("StopTask answered without the task", RequestIds.of(answer)))
          : new StopOutcome.Accepted();
    } catch (RuntimeException e) {
      return refused(e);
    }
  }

  private static StopOutcome refused(RuntimeException e) {
    if (e instanceof AwsServiceException refused) {
      ServiceError error = ServiceError.of(refused);
      return unknown(error)
          ? new StopOutcome.Unknown()
          : new StopOutcome.Refused(new Trouble("StopTask: " + error, error.requestId()));
    }
    return new StopOutcome.Refused(
        new Trouble("StopTask: " + Line.of(String.valueOf(e.getMessage())), Optional.empty()));
  }

  /** StopTask has no error of its own for it: InvalidParameterException, in these words. */
  static boolean unknown(ServiceError error) {
    return error.code().equals("InvalidParameterException")
        && error.text().toLowerCase(Locale.ROOT).contains(NOT_FOUND);
  }
}
