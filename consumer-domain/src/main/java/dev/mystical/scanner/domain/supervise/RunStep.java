package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.collect.Results;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.StopReason;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.TaskEnd;
import dev.mystical.scanner.domain.supervise.TaskState.Again;
import java.time.Instant;
import java.util.Optional;

/** Judges the attempt that a launched run waits for; used once, by one thread. */
final class RunStep {
  private final Supervision policy;
  private final Draft draft;
  private final Sights sights;
  private final Instant now;

  RunStep(Supervision policy, Draft draft, Sights sights) {
    this.policy = policy;
    this.draft = draft;
    this.sights = sights;
    this.now = draft.now();
  }

  void judge() {
    Attempt attempt = draft.run().attempts().getLast();
    if (draft.run().status() == RunStatus.COLLECTING) {
      collecting(attempt);
      return;
    }
    Optional<Sights.Sight> sight = attempt.task().flatMap(sights::of);
    if (sight.isEmpty()) {
      unanswered(attempt);
      return;
    }
    switch (sight.get()) {
      case Sights.Sight.Known(TaskReport report) -> {
        draft.note(attempt.number(), Attempt::seen);
        known(attempt, report);
      }
      case Sights.Sight.Missing() -> missing(attempt);
    }
  }

  private void known(Attempt attempt, TaskReport report) {
    Optional<StopReason> ours = report.stoppedReason().flatMap(StopReason::of);
    boolean lingered = ours.equals(Optional.of(StopReason.LINGERING));
    // It was stopped after its work was done, and is judged by that.
    TaskReport told = lingered ? report.endedByItself() : report;
    switch (TaskJudge.judge(told, attempt.spec().container())) {
      case TaskState.Starting() -> starting(attempt);
      case TaskState.Running(Optional<Instant> since) -> running(attempt, since);
      case TaskState.Succeeded() -> {
        ended(attempt, report);
        if (ours.isPresent() && !lingered) {
          stoppedByUs(attempt, ours.get());
        } else {
          collect(attempt);
        }
      }
      case TaskState.Failed(ErrorCode code, String message, Again again) -> {
        ended(attempt, report);
        if (ours.isPresent() && !lingered) {
          stoppedByUs(attempt, ours.get());
        } else {
          boolean retryable = again != Again.NEVER;
          failed(attempt, RunStatus.FAILED, new ScanError(code, message, retryable), again);
        }
      }
    }
  }

  /** Its work is done. Whatever it still owes may come for a while. */
  private void collect(Attempt attempt) {
    switch (Results.ofExited(draft.run(), draft.attempt(attempt.number()), now)) {
      case Results.Result.Done() ->
          draft.move(run -> run.ended(RunStatus.SUCCEEDED, Optional.empty(), now));
      case Results.Result.Failed(ScanError error) ->
          failed(attempt, RunStatus.FAILED, error, Again.NEVER);
      case Results.Result.Awaited() -> {
        if (draft.run().status() != RunStatus.COLLECTING) {
          draft.move(run -> run.collecting(now));
        }
      }
    }
  }

  private void collecting(Attempt attempt) {
    if (attempt.task().flatMap(sights::of).orElse(null)
        instanceof Sights.Sight.Known(TaskReport report)) {
      ended(attempt, report);
    }
    collect(attempt);
  }

  private void ended(Attempt attempt, TaskReport report) {
    draft.ended(attempt.number(), report.end(attempt.spec().container(), now));
  }

  private void starting(Attempt attempt) {
    if (attempt.course().runningAt().isPresent()) {
      // ECS answers from copies that may be behind: what has run once does not start any more.
      running(attempt, attempt.course().runningAt());
    } else if (!policy.startDeadline(attempt).isAfter(now)) {
      startTimeout(attempt);
    }
  }

  private void running(Attempt attempt, Optional<Instant> since) {
    Instant runningAt =
        attempt.course().runningAt().orElseGet(() -> since.filter(now::isAfter).orElse(now));
    if (attempt.course().runningAt().isEmpty()) {
      draft.move(run -> run.running(runningAt));
    }
    if (!policy.runDeadline(draft.scan(), runningAt).isAfter(now)) {
      runTimeout(attempt, "still running after " + policy.longest(draft.scan()));
    }
  }

  /** Its task was stopped by us, but the ledger lost that: it ends as it had ended then. */
  private void stoppedByUs(Attempt attempt, StopReason reason) {
    switch (reason) {
      case CANCELLED -> draft.move(run -> run.ended(RunStatus.CANCELLED, Optional.empty(), now));
      case RUN_TIMEOUT ->
          runTimeout(attempt, "still running after " + policy.longest(draft.scan()));
      case START_TIMEOUT -> startTimeout(attempt);
      case LEFT_OVER, LINGERING -> {
        String message = "stopped, since nobody seemed to wait for it";
        failed(
            attempt,
            RunStatus.FAILED,
            new ScanError(ErrorCode.TASK_LOST, message, true),
            Again.NEVER);
      }
    }
  }

  /**
   * ECS tells of a stopped task for an hour, so one that it denies has been gone for longer, or is
   * not shown yet, or ECS errs. Gone is what it denies past its deadline, or for an hour.
   */
  private void missing(Attempt attempt) {
    if (!Supervision.visible(attempt, now)) {
      return;
    }
    draft.note(attempt.number(), it -> it.missing(now));
    Attempt missing = draft.attempt(attempt.number());
    if (!Supervision.surelyMissing(missing, now)) {
      return;
    }
    boolean overdue = !policy.deadline(draft.scan(), missing, true).isAfter(now);
    if (Supervision.forgotten(missing, overdue, now)) {
      lost(missing);
    } else if (overdue && missing.course().runningAt().isEmpty()) {
      startTimeout(missing);
    } else if (overdue) {
      runTimeout(missing, "not seen to end within " + policy.longest(draft.scan()));
    }
  }

  private void lost(Attempt attempt) {
    draft.ended(attempt.number(), TaskEnd.unseen(now));
    String message =
        "ECS no longer knows task %s: it stopped more than an hour before anyone looked"
            .formatted(task(attempt));
    failed(
        attempt, RunStatus.FAILED, new ScanError(ErrorCode.TASK_LOST, message, true), Again.NEVER);
  }

  /**
   * Nobody knows how it is. That it is late is no proof that it runs: it may have ended long ago,
   * while nobody was there to look, and ECS tells of its end for an hour. After that nothing is
   * left to be waited for.
   */
  private void unanswered(Attempt attempt) {
    Instant deadline = policy.deadline(draft.scan(), attempt, false);
    if (!deadline.plus(Supervision.REMEMBERED).isAfter(now)) {
      runTimeout(attempt, "ECS did not tell how task %s is".formatted(task(attempt)));
    }
  }

  private void runTimeout(Attempt attempt, String message) {
    draft.note(attempt.number(), it -> it.stopping(StopReason.RUN_TIMEOUT, now));
    failed(
        attempt,
        RunStatus.TIMED_OUT,
        new ScanError(ErrorCode.RUN_TIMEOUT, message, false),
        Again.NEVER);
  }

  private void startTimeout(Attempt attempt) {
    draft.note(attempt.number(), it -> it.stopping(StopReason.START_TIMEOUT, now));
    String message =
        "task %s did not start within %s".formatted(task(attempt), policy.limits().start());
    failed(
        attempt,
        RunStatus.TIMED_OUT,
        new ScanError(ErrorCode.START_TIMEOUT, message, true),
        Again.MAYBE);
  }

  private void failed(Attempt attempt, RunStatus end, ScanError error, Again again) {
    if (!policy.attempts().another(draft.run(), again)) {
      draft.note(attempt.number(), it -> it.failed(error.code()));
      draft.move(run -> run.ended(end, Optional.of(error), now));
      return;
    }
    draft.move(run -> run.requeued(error.code(), now));
    draft.tell(
        ErrorEvent.warn(
            error.code(),
            Stage.SUPERVISE,
            draft.subject(attempt.number()),
            error.message() + "; it is tried again"));
  }

  private static String task(Attempt attempt) {
    return attempt.task().map(TaskArn::value).orElse("(unknown)");
  }
}
