package dev.mystical.scanner.domain.launch;

import dev.mystical.scanner.domain.scan.TaskArn;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * An ECS in memory: launcher and reader of one set of tasks. A client token is kept with its
 * request and answer: the same request gets the same answer, be it a task or a refusal, and another
 * request a conflict. Calls can be scripted, and then need not tell the truth. Every field is
 * guarded by {@code this}.
 */
public final class InMemoryEcs implements TaskLauncher, TaskReader {
  /** What the next call does. */
  private record Script(LaunchOutcome answer, boolean executed, boolean kept) {}

  /** The first answer that a token got. */
  private record Answered(TaskRequest request, LaunchOutcome outcome) {}

  /** A task that was started. */
  public record Task(TaskArn arn, TaskRequest request, Instant startedAt, boolean stopped) {
    /** The client token under which it was. */
    public String token() {
      return request.clientToken();
    }
  }

  private final InstantSource clock;
  private final String cluster;
  private final Duration showsAfter;
  private final Set<String> taskDefinitions = new HashSet<>();
  private final Map<String, Answered> tokens = new HashMap<>();
  private final Map<TaskArn, Task> tasks = new LinkedHashMap<>();
  private final List<TaskRequest> calls = new ArrayList<>();
  private final Queue<Script> scripts = new ArrayDeque<>();
  private int failingReads;

  /**
   * @param showsAfter how long a started task stays invisible to {@link #startedBy}
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
    boolean definite =
        switch (outcome) {
          case LaunchOutcome.NoAnswer ignored -> false;
          case LaunchOutcome.Throttled ignored -> false;
          case LaunchOutcome.Started ignored -> true;
          case LaunchOutcome.NoCapacity ignored -> true;
          case LaunchOutcome.QuotaReached ignored -> true;
          case LaunchOutcome.Misconfigured ignored -> true;
          case LaunchOutcome.Conflicting ignored -> true;
          case LaunchOutcome.Rejected ignored -> true;
        };
    scripts.add(new Script(outcome, false, definite));
  }

  /** The next call is carried out, but its answer is lost. */
  public synchronized void executeThenNoAnswer() {
    scripts.add(
        new Script(new LaunchOutcome.NoAnswer(Trouble.of("connection reset")), true, false));
  }

  /** The next call is carried out, but answered with a refusal, as is known to happen. */
  public synchronized void executeThenDeny(LaunchOutcome refusal) {
    scripts.add(new Script(refusal, true, true));
  }

  /** So many next looks at tasks throw. */
  public synchronized void failNextReads(int reads) {
    failingReads += reads;
  }

  public synchronized void stop(TaskArn arn) {
    tasks.computeIfPresent(
        arn, (ignored, task) -> new Task(arn, task.request(), task.startedAt(), true));
  }

  /** All tasks that were ever started, oldest first. */
  public synchronized List<Task> tasks() {
    return List.copyOf(tasks.values());
  }

  /** All RunTask calls, oldest first. */
  public synchronized List<TaskRequest> calls() {
    return List.copyOf(calls);
  }

  @Override
  public synchronized LaunchOutcome launch(TaskRequest request) throws InterruptedException {
    leaveIfInterrupted();
    calls.add(request);
    Script script = scripts.poll();
    if (script != null && !script.executed() && !script.kept()) {
      return script.answer();
    }
    Answered before = tokens.get(request.clientToken());
    if (before != null) {
      LaunchOutcome replay = replay(before, request);
      // Carried out means no more than before: what is lost now is the repeated answer.
      return script != null && script.answer() instanceof LaunchOutcome.NoAnswer
          ? script.answer()
          : replay;
    }
    return script == null ? answered(request, honest(request)) : scripted(request, script);
  }

  @Override
  public synchronized List<KnownTask> startedBy(String inCluster, String startedBy)
      throws InterruptedException {
    beginRead();
    Instant shown = clock.instant().minus(showsAfter);
    return tasks.values().stream()
        .filter(task -> task.request().cluster().equals(inCluster))
        .filter(task -> task.request().startedBy().equals(startedBy))
        .filter(task -> !task.stopped() && !task.startedAt().isAfter(shown))
        .map(InMemoryEcs::known)
        .toList();
  }

  @Override
  public synchronized List<KnownTask> describe(String inCluster, List<TaskArn> arns)
      throws InterruptedException {
    beginRead();
    if (arns.size() > 100) {
      throw new IllegalArgumentException(arns.size() + " tasks in one call");
    }
    return tasks.values().stream()
        .filter(task -> arns.contains(task.arn()))
        .map(InMemoryEcs::known)
        .toList();
  }

  private LaunchOutcome scripted(TaskRequest request, Script script) {
    if (!script.executed()) {
      return answered(request, script.answer());
    }
    LaunchOutcome.Started started = new LaunchOutcome.Started(start(request));
    answered(request, script.kept() ? script.answer() : started);
    return script.answer();
  }

  private LaunchOutcome honest(TaskRequest request) {
    if (!request.cluster().equals(cluster)) {
      return new LaunchOutcome.Misconfigured(Trouble.of("ClusterNotFoundException"));
    }
    if (!taskDefinitions.contains(request.taskDefinition())) {
      return new LaunchOutcome.Misconfigured(Trouble.of("TaskDefinition not found."));
    }
    return new LaunchOutcome.Started(start(request));
  }

  private TaskArn start(TaskRequest request) {
    TaskArn arn =
        new TaskArn(
            "arn:aws:ecs:eu-west-1:123456789012:task/%s/%032x"
                .formatted(cluster, tasks.size() + 1));
    tasks.put(arn, new Task(arn, request, clock.instant(), false));
    return arn;
  }

  private LaunchOutcome answered(TaskRequest request, LaunchOutcome outcome) {
    tokens.put(request.clientToken(), new Answered(request, outcome));
    return outcome;
  }

  private LaunchOutcome replay(Answered before, TaskRequest request) {
    if (before.request().equals(request)) {
      return before.outcome();
    }
    List<TaskArn> sameToken =
        tasks.values().stream()
            .filter(task -> task.token().equals(request.clientToken()))
            .map(Task::arn)
            .toList();
    return new LaunchOutcome.Conflicting(sameToken, Trouble.of("ConflictException"));
  }

  private static KnownTask known(Task task) {
    return new KnownTask(task.arn(), task.stopped() ? "STOPPED" : "RUNNING", task.request().tags());
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
}
