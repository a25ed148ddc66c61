package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.launch.KnownTask;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.Stop;
import dev.mystical.scanner.domain.scan.StopReason;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.TaskEnd;
import dev.mystical.scanner.domain.supervise.SuperviseStep.StopCall;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Sees to it that nothing runs that nobody waits for: tasks of earlier attempts, and of a run that
 * has ended. Each is to be stopped, and is watched until ECS says that it has.
 */
final class Leftovers {
  private final Draft draft;
  private final Sights sights;

  Leftovers(Draft draft, Sights sights) {
    this.draft = draft;
    this.sights = sights;
  }

  /** The attempts of which something may run although nobody waits for it. */
  static List<Attempt> of(Run run) {
    boolean lastIsAwaited = !run.status().ended() && !run.attempts().isEmpty() && begun(run);
    List<Attempt> left =
        lastIsAwaited ? run.attempts().subList(0, run.attempts().size() - 1) : run.attempts();
    return left.stream().filter(attempt -> !attempt.over()).toList();
  }

  /** A run that is launched again is PENDING first, and its last attempt is an earlier one then. */
  private static boolean begun(Run run) {
    return !run.waits() || run.status() == RunStatus.LAUNCHING;
  }

  /** When to look at them next. */
  static Optional<Instant> look(Run run, Sights sights, Instant now) {
    return of(run).stream().map(it -> look(it, sights, now)).min(Comparator.naturalOrder());
  }

  private static Instant look(Attempt attempt, Sights sights, Instant now) {
    Instant since = attempt.course().stop().map(Stop::since).orElse(now);
    if (attempt.task().isEmpty()) {
      // A search costs two calls, and brings nothing but once.
      return Rhythm.next(since, true, since.plus(Supervision.INVISIBLE), now);
    }
    boolean seldom = sights.eventsFlow() || !since.plus(StopTerms.PATIENCE).isAfter(now);
    Instant due = attempt.course().stop().map(StopTerms::due).orElse(now);
    return Rhythm.next(since, seldom, due, now);
  }

  void stop() {
    for (Attempt attempt : of(draft.run())) {
      // Whoever leaves an attempt notes this; it is made sure of here, since nothing else would.
      draft.note(attempt.number(), it -> it.left(StopReason.LEFT_OVER, draft.now()));
      attempt
          .task()
          .ifPresentOrElse(
              task -> stop(attempt.number(), task), () -> search(draft.attempt(attempt.number())));
    }
  }

  private void stop(int number, TaskArn task) {
    Optional<Sights.Sight> sight = sights.of(task);
    if (sight.isPresent()) {
      switch (sight.get()) {
        case Sights.Sight.Known(TaskReport report) -> known(draft.attempt(number), report);
        case Sights.Sight.Missing() -> missing(draft.attempt(number));
      }
    }
    if (!draft.attempt(number).over()) {
      ask(draft.attempt(number), task);
    }
  }

  private void known(Attempt attempt, TaskReport report) {
    draft.note(attempt.number(), Attempt::seen);
    if (report.stopped()) {
      draft.ended(attempt.number(), report.end(attempt.spec().container(), draft.now()));
    }
  }

  private void missing(Attempt attempt) {
    if (!Supervision.visible(attempt, draft.now())) {
      return;
    }
    draft.note(attempt.number(), it -> it.missing(draft.now()));
    if (Supervision.surelyMissing(draft.attempt(attempt.number()), draft.now())) {
      draft.ended(attempt.number(), TaskEnd.unseen(draft.now()));
    }
  }

  private void ask(Attempt attempt, TaskArn task) {
    Stop stop = attempt.course().stop().orElseThrow();
    if (StopTerms.due(stop).isAfter(draft.now())) {
      return;
    }
    draft.note(attempt.number(), it -> it.stopTried(draft.now()));
    draft.stop(new StopCall(attempt.spec().cluster(), task, stop.reason()));
    if (StopTerms.told(draft.attempt(attempt.number()).course().stop().orElseThrow())) {
      draft.tell(
          ErrorEvent.error(
              ErrorCode.TASK_LOST,
              Stage.SUPERVISE,
              draft.subject(attempt.number()),
              "ECS does not stop task %s, asked since %s; it may cost money until somebody does"
                  .formatted(task, stop.since())));
    }
  }

  /** RunTask may have been carried out without an answer: its task would show under its name. */
  private void search(Attempt attempt) {
    Optional<List<KnownTask>> found = sights.search(attempt.number());
    if (found.isEmpty()) {
      return;
    }
    List<TaskArn> tasks =
        found.get().stream()
            .filter(it -> it.belongsTo(draft.scan(), draft.provider(), attempt.number()))
            .map(KnownTask::arn)
            .toList();
    Stop stop = attempt.course().stop().orElseThrow();
    if (tasks.isEmpty()) {
      if (!stop.since().plus(Supervision.INVISIBLE).isAfter(draft.now())) {
        draft.ended(attempt.number(), TaskEnd.unseen(draft.now()));
      }
      return;
    }
    TaskArn first = tasks.getFirst();
    draft.note(attempt.number(), it -> it.launched(first, draft.now()));
    ask(draft.attempt(attempt.number()), first);
    // An attempt has more than one only where ECS has denied what it did; one is kept in mind.
    tasks.stream()
        .skip(1)
        .forEach(task -> draft.stop(new StopCall(attempt.spec().cluster(), task, stop.reason())));
  }
}
