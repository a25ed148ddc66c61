package dev.mystical.scanner.domain.launch;

import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.ListedTask;
import dev.mystical.scanner.domain.supervise.TaskReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A task of {@link InMemoryEcs}.
 *
 * @param number from 1, in the order of launches
 * @param startedAt when RunTask accepted it
 * @param report how ECS describes it by now
 * @param forgotten whether ECS denies knowing it
 */
public record InMemoryTask(
    long number, TaskRequest request, Instant startedAt, TaskReport report, boolean forgotten) {
  private static final String ACCOUNT = "arn:aws:ecs:eu-west-1:123456789012:";

  static InMemoryTask accepted(String cluster, long number, TaskRequest request, Instant now) {
    TaskArn arn = new TaskArn(ACCOUNT + "task/%s/%032x".formatted(cluster, number));
    return new InMemoryTask(number, request, now, TaskStates.accepted(arn), false);
  }

  public TaskArn arn() {
    return report.arn();
  }

  /** The client token under which it was launched. */
  public String token() {
    return request.clientToken();
  }

  public boolean stopped() {
    return report.lastStatus().equals("STOPPED");
  }

  InMemoryTask becomes(TaskReport next) {
    return new InMemoryTask(number, request, startedAt, next, forgotten);
  }

  InMemoryTask gone() {
    return new InMemoryTask(number, request, startedAt, report, true);
  }

  boolean shown(Instant now, Duration showsAfter, Duration remembered) {
    boolean expired =
        report.stoppedAt().filter(at -> !at.plus(remembered).isAfter(now)).isPresent();
    return !forgotten && !expired && !startedAt.plus(showsAfter).isAfter(now);
  }

  KnownTask known() {
    return new KnownTask(arn(), report.lastStatus(), request.tags());
  }

  ListedTask listed() {
    return new ListedTask(
        arn(),
        report.lastStatus(),
        report.desiredStatus(),
        request.startedBy(),
        request.tags(),
        ACCOUNT + "task-definition/" + request.taskDefinition(),
        Optional.of(request.container()),
        request.environment(),
        request.placement(),
        Optional.of(startedAt),
        report.startedAt());
  }
}
