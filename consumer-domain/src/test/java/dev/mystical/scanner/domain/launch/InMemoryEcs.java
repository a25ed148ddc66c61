package dev.mystical.scanner.domain.launch;

import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.ListedTask;
import dev.mystical.scanner.domain.supervise.StopOutcome;
import dev.mystical.scanner.domain.supervise.TaskPage;
import dev.mystical.scanner.domain.supervise.TaskReport;
import dev.mystical.scanner.domain.supervise.TaskSweep;
import dev.mystical.scanner.domain.supervise.TaskWatcher;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * An ECS in memory: launcher, reader, watcher and sweep of one set of tasks. Nothing happens to a
 * task by itself: tests say when it runs, ends, or is forgotten. Calls can be made to fail. Every
 * field is guarded by {@code this}.
 */
public final class InMemoryEcs implements TaskLauncher, TaskReader, TaskWatcher, TaskSweep {
  private static final int BATCH = 100;

  /** DescribeTasks: stopped tasks show for at least one hour. */
  private static final Duration REMEMBERED = Duration.ofHours(1);

  /** A StopTask call. */
  public record StopTask(TaskArn task, String reason) {}

  private final InstantSource clock;
  private final String cluster;
  private final Duration showsAfter;
  private final Set<String> taskDefinitions = new HashSet<>();
  private final InMemoryTokens tokens = new InMemoryTokens(new Launches());
  private final Map<TaskArn, InMemoryTask> tasks = new LinkedHashMap<>();
  private final List<TaskRequest> calls = new ArrayList<>();
  private final List<StopTask> stopCalls = new ArrayList<>();
  private boolean stopsAtOnce;
  private int failingReads;
  private int failingStops;

  /**
   * @param showsAfter how long a started task stays invisible
   */
  public InMemoryEcs(InstantSource clock, String cluster, Duration showsAfter) {
    this.clock = clock;
    this.cluster = cluster;
    this.showsAfter = showsAfter;
  }

  /** Makes a task definition known. */
  public synchronized void define(String taskDefinition) {
    taskDefinitions.add(taskDefinition);
  }

  /** Takes a task definition away. */
  public synchronized void undefine(String taskDefinition) {
    taskDefinitions.remove(taskDefinition);
  }

  /** The next call is not carried out and answered so; definite refusals are kept by its token. */
  public synchronized void answerNext(LaunchOutcome outcome) {
    tokens.answerNext(outcome);
  }

  /** The next call is carried out, but its answer is lost. */
  public synchronized void executeThenNoAnswer() {
    tokens.executeThenNoAnswer();
  }

  /** The next call is carried out, but answered with a refusal, as is known to happen. */
  public synchronized void executeThenDeny(LaunchOutcome refusal) {
    tokens.executeThenDeny(refusal);
  }

  /** So many next looks at tasks throw. */
  public synchronized void failNextReads(int reads) {
    failingReads += reads;
  }

  /** So many next StopTask calls are refused, and nothing follows. */
  public synchronized void failNextStops(int stops) {
    failingStops += stops;
  }

  /** From now on a task that is asked to stop has stopped. Before, it takes {@link #stops}. */
  public synchronized void stopAtOnce() {
    stopsAtOnce = true;
  }

  /** The task's container runs. */
  public synchronized void runs(TaskArn arn) {
    change(
        arn,
        it ->
            it.becomes(TaskStates.running(it.report(), it.request().container(), clock.instant())));
  }

  /** The task's container ends by itself, and the task has stopped. */
  public synchronized void exits(TaskArn arn, int code) {
    change(
        arn,
        it ->
            it.becomes(
                TaskStates.exited(it.report(), it.request().container(), code, clock.instant())));
  }

  /** The task has stopped, because it was asked to or else by a person's hand. */
  public synchronized void stops(TaskArn arn) {
    change(arn, it -> it.becomes(TaskStates.stopped(it.report(), clock.instant())));
  }

  /** The task has stopped in that way, without anybody asking. */
  public synchronized void ends(TaskArn arn, String stopCode, String reason) {
    becomes(arn, it -> TaskStates.doomed(it, stopCode, reason));
    stops(arn);
  }

  /** ECS describes the task in another way. */
  public synchronized void becomes(TaskArn arn, UnaryOperator<TaskReport> change) {
    change(arn, it -> it.becomes(change.apply(it.report())));
  }

  /** ECS no longer knows the task. */
  public synchronized void forgets(TaskArn arn) {
    change(arn, InMemoryTask::gone);
  }

  /** All tasks that were ever started, oldest first. */
  public synchronized List<InMemoryTask> tasks() {
    return List.copyOf(tasks.values());
  }

  /** All RunTask calls, oldest first. */
  public synchronized List<TaskRequest> calls() {
    return List.copyOf(calls);
  }

  /** All StopTask calls, oldest first. */
  public synchronized List<StopTask> stopCalls() {
    return List.copyOf(stopCalls);
  }

  @Override
  public synchronized LaunchOutcome launch(TaskRequest request) throws InterruptedException {
    leaveIfInterrupted();
    calls.add(request);
    return tokens.launch(request);
  }

  @Override
  public synchronized List<KnownTask> startedBy(String inCluster, String startedBy)
      throws InterruptedException {
    beginRead();
    return shown(inCluster)
        .filter(task -> task.request().startedBy().equals(startedBy) && !task.stopped())
        .map(InMemoryTask::known)
        .toList();
  }

  @Override
  public synchronized List<KnownTask> describe(String inCluster, List<TaskArn> arns)
      throws InterruptedException {
    beginRead();
    return named(inCluster, arns).map(InMemoryTask::known).toList();
  }

  @Override
  public synchronized List<TaskReport> look(String inCluster, List<TaskArn> arns)
      throws InterruptedException {
    beginRead();
    requireCluster(inCluster);
    return named(inCluster, arns).map(InMemoryTask::report).toList();
  }

  @Override
  public synchronized StopOutcome stop(String inCluster, TaskArn task, String reason)
      throws InterruptedException {
    leaveIfInterrupted();
    stopCalls.add(new StopTask(task, reason));
    if (failingStops > 0) {
      failingStops--;
      return new StopOutcome.Refused(Trouble.of("failed by the test"));
    }
    if (!inCluster.equals(cluster)) {
      return new StopOutcome.Refused(Trouble.of("ClusterNotFoundException"));
    }
    if (named(inCluster, List.of(task)).findAny().isEmpty()) {
      return new StopOutcome.Unknown();
    }
    becomes(task, it -> TaskStates.doomed(it, "UserInitiated", reason));
    if (stopsAtOnce) {
      stops(task);
    }
    return new StopOutcome.Accepted();
  }

  @Override
  public synchronized TaskPage page(String inCluster, Listing listing, Optional<String> token)
      throws InterruptedException {
    beginRead();
    requireCluster(inCluster);
    long after = token.map(Long::parseLong).orElse(0L);
    List<InMemoryTask> rest =
        shown(inCluster)
            .filter(task -> task.report().desiredStatus().equals(listing.name()))
            .filter(task -> task.number() > after)
            .toList();
    List<InMemoryTask> page = rest.subList(0, Math.min(BATCH, rest.size()));
    List<ListedTask> ours =
        page.stream()
            .filter(task -> task.request().startedBy().startsWith(TaskRequests.STARTED_BY))
            .map(InMemoryTask::listed)
            .toList();
    return new TaskPage(
        ours,
        rest.size() > page.size()
            ? Optional.of(Long.toString(page.getLast().number()))
            : Optional.empty());
  }

  private Stream<InMemoryTask> named(String inCluster, List<TaskArn> arns) {
    if (arns.size() > BATCH) {
      throw new IllegalArgumentException(arns.size() + " tasks in one call");
    }
    return shown(inCluster).filter(task -> arns.contains(task.arn()));
  }

  private Stream<InMemoryTask> shown(String inCluster) {
    return inCluster.equals(cluster)
        ? tasks.values().stream().filter(it -> it.shown(clock.instant(), showsAfter, REMEMBERED))
        : Stream.empty();
  }

  private void change(TaskArn arn, UnaryOperator<InMemoryTask> change) {
    tasks.computeIfPresent(arn, (ignored, task) -> change.apply(task));
  }

  private void requireCluster(String wanted) {
    if (!wanted.equals(cluster)) {
      throw new TasksUnavailable("no cluster " + wanted, new IOException("not found"));
    }
  }

  private void beginRead() throws InterruptedException {
    leaveIfInterrupted();
    if (failingReads > 0) {
      failingReads--;
      throw new TasksUnavailable("failed by the test", new IOException("connection refused"));
    }
  }

  private static void leaveIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** What the tokens work on, under the lock of this. */
  private final class Launches implements InMemoryTokens.Tasks {
    @Override
    public LaunchOutcome honest(TaskRequest request) {
      if (!request.cluster().equals(cluster)) {
        return new LaunchOutcome.Misconfigured(Trouble.of("ClusterNotFoundException"));
      }
      if (!taskDefinitions.contains(request.taskDefinition())) {
        return new LaunchOutcome.Misconfigured(Trouble.of("TaskDefinition not found."));
      }
      return new LaunchOutcome.Started(start(request));
    }

    @Override
    public TaskArn start(TaskRequest request) {
      InMemoryTask task =
          InMemoryTask.accepted(cluster, tasks.size() + 1L, request, clock.instant());
      tasks.put(task.arn(), task);
      return task.arn();
    }

    @Override
    public List<TaskArn> of(String token) {
      return tasks.values().stream()
          .filter(task -> task.token().equals(token))
          .map(InMemoryTask::arn)
          .toList();
    }
  }
}
