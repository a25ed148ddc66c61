package dev.mystical.scanner.domain.launch;

import dev.mystical.scanner.domain.scan.TaskArn;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Client tokens in memory, each kept with its request and answer: the same request gets the same
 * answer, be it a task or a refusal, and another request a conflict. Calls can be scripted, and
 * then need not tell the truth. Guarded by its owner's lock.
 */
final class InMemoryTokens {
  /** What is behind the tokens. */
  interface Tasks {
    /** Carries a request out, or refuses it. */
    LaunchOutcome honest(TaskRequest request);

    /** Carries a request out whatever it asks for. */
    TaskArn start(TaskRequest request);

    /** The tasks that a token has started. */
    List<TaskArn> of(String token);
  }

  /** What the next call does. */
  private record Script(LaunchOutcome answer, boolean executed, boolean kept) {}

  /** The first answer that a token got. */
  private record Answered(TaskRequest request, LaunchOutcome outcome) {}

  private final Tasks tasks;
  private final Map<String, Answered> tokens = new HashMap<>();
  private final Queue<Script> scripts = new ArrayDeque<>();

  InMemoryTokens(Tasks tasks) {
    this.tasks = tasks;
  }

  void answerNext(LaunchOutcome outcome) {
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

  void executeThenNoAnswer() {
    scripts.add(
        new Script(new LaunchOutcome.NoAnswer(Trouble.of("connection reset")), true, false));
  }

  void executeThenDeny(LaunchOutcome refusal) {
    scripts.add(new Script(refusal, true, true));
  }

  LaunchOutcome launch(TaskRequest request) {
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
    return script == null ? answered(request, tasks.honest(request)) : scripted(request, script);
  }

  private LaunchOutcome scripted(TaskRequest request, Script script) {
    if (!script.executed()) {
      return answered(request, script.answer());
    }
    LaunchOutcome.Started started = new LaunchOutcome.Started(tasks.start(request));
    answered(request, script.kept() ? script.answer() : started);
    return script.answer();
  }

  private LaunchOutcome answered(TaskRequest request, LaunchOutcome outcome) {
    tokens.put(request.clientToken(), new Answered(request, outcome));
    return outcome;
  }

  private LaunchOutcome replay(Answered before, TaskRequest request) {
    return before.request().equals(request)
        ? before.outcome()
        : new LaunchOutcome.Conflicting(
            tasks.of(request.clientToken()), Trouble.of("ConflictException"));
  }
}
