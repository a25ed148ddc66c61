package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.launch.KnownTask;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.Stop;
import dev.mystical.scanner.domain.scan.StopReason;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.TaskEnd;
import dev.mystical.scanner.domain.supervise.SuperviseStep.StopCall;
import dev.mystical.scanner.domain.supervise.TaskState.Again;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One step for one run, as it comes together; used once, by one thread. */
final class RunStep {
  private final Supervision policy;
  private final Scan before;
  private final ProviderId provider;
  private final Sights sights;
  private final Instant now;
  private final List<ErrorEvent> errors = new ArrayList<>();
  private final List<StopCall> stops = new ArrayList<>();
  private Scan scan;

  RunStep(Supervision policy, Scan scan, ProviderId provider, Sights sights, Instant now) {
    this.policy = policy;
    this.before = scan;
    this.scan = scan;
    this.provider = provider;
    this.sights = sights;
    this.now = now;
  }

  boolean changed() {
    return !scan.equals(before);
  }

  SuperviseStep write() {
    return new SuperviseStep.Write(scan, errors, stops, again());
  }

  /** When to look again, given how things are by now. */
  Instant again() {
    Run run = run();
    if (run.waits()) {
      Instant launch = run.requeue().isPresent() ? policy.launchable(run) : now;
      return lefts(run).map(look -> look.isBefore(launch) ? look : launch).orElse(launch);
    }
    if (run.status().launched()) {
      Attempt attempt = run.attempts().getLast();
      return Rhythm.next(
          attempt.launchedAt().orElse(now), sights.eventsFlow(), deadline(attempt), now);
    }
    return lefts(run).orElse(now);
  }

  /** When to see whether what is left of earlier attempts, or of an ended run, has stopped. */
  private Optional<Instant> lefts(Run run) {
    return run.attempts().stream()
        .filter(attempt -> !attempt.over() && !Supervision.launching(run, attempt))
        .flatMap(attempt -> attempt.course().stop().stream())
        .map(stop -> Rhythm.next(stop.since(), false, StopTerms.due(stop), now))
        .min(Instant::compareTo);
  }

  /** Of the attempt that runs: judged by what its task says. */
  void judge() {
    Attempt attempt = run().attempts().getLast();
    Optional<Sights.Sight> sight = attempt.task().flatMap(sights::of);
    if (sight.isEmpty()) {
      judgeUnanswered(attempt);
      return;
    }
    switch (sight.get()) {
      case Sights.Sight.Known(TaskReport report) -> {
        note(attempt.number(), Attempt::seen);
        judge(attempt, report);
      }
      case Sights.Sight.Missing() -> judgeMissing(attempt);
    }
  }

  private void judge(Attempt attempt, TaskReport report) {
    TaskState state = TaskJudge.judge(report, attempt.spec().container());
    switch (state) {
      case TaskState.Starting() -> {
        if (!policy.startDeadline(attempt).isAfter(now)) {
          startTimeout(attempt);
        }
      }
      case TaskState.Running(Optional<Instant> since) -> running(attempt, since);
      case TaskState.Succeeded() -> {
        note(attempt.number(), it -> it.ended(end(report, attempt)));
        move(run -> run.ended(RunStatus.SUCCEEDED, Optional.empty(), now));
      }
      case TaskState.Failed(ErrorCode code, String message, Again again) -> {
        note(attempt.number(), it -> it.ended(end(report, attempt)));
        report
            .stoppedReason()
            .flatMap(StopReason::of)
            .ifPresentOrElse(
                ours -> stoppedByUs(attempt, ours, code, message),
                () ->
                    failed(
                        attempt,
                        RunStatus.FAILED,
                        new ScanError(code, message, retryable(again)),
                        again));
      }
    }
  }

  private void running(Attempt attempt, Optional<Instant> since) {
    Instant runningAt =
        attempt.course().runningAt().orElseGet(() -> since.filter(now::isAfter).orElse(now));
    if (attempt.course().runningAt().isEmpty()) {
      move(run -> run.running(runningAt));
    }
    if (!policy.runDeadline(scan, runningAt).isAfter(now)) {
      runTimeout(attempt);
    }
  }

  /** Its task was stopped by us, but the ledger lost that: it ends as it had ended then. */
  private void stoppedByUs(Attempt attempt, StopReason reason, ErrorCode code, String message) {
    switch (reason) {
      case CANCELLED -> move(run -> run.ended(RunStatus.CANCELLED, Optional.empty(), now));
      case RUN_TIMEOUT -> runTimeout(attempt);
      case START_TIMEOUT -> startTimeout(attempt);
      case LEFT_OVER, LINGERING ->
          failed(attempt, RunStatus.FAILED, new ScanError(code, message, false), Again.NEVER);
    }
  }

  private void judgeMissing(Attempt attempt) {
    Instant launched = attempt.launchedAt().orElse(attempt.launchingAt());
    if (launched.plus(Supervision.INVISIBLE).isAfter(now)) {
      return;
    }
    note(attempt.number(), it -> it.missing(now));
    Instant lastSeen = attempt.course().runningAt().orElse(launched);
    Instant since = attempt.course().missingSince().orElse(now);
    boolean forgotten = !lastSeen.plus(Supervision.REMEMBERED).isAfter(now);
    boolean sure = !since.plus(Supervision.INVISIBLE).isAfter(now);
    if (forgotten && sure) {
      note(attempt.number(), it -> it.ended(TaskEnd.unseen(now)));
      String message =
          "ECS no longer knows task %s: it stopped more than an hour before anyone looked"
              .formatted(task(attempt));
      failed(
          attempt,
          RunStatus.FAILED,
          new ScanError(ErrorCode.TASK_LOST, message, true),
          Again.NEVER);
    }
  }

  /** Nobody knows how it is, but no run is waited for without end. */
  private void judgeUnanswered(Attempt attempt) {
    if (!deadline(attempt).isAfter(now)) {
      runTimeout(attempt);
    }
  }

  /** A task that was never seen to run has the time that it was told: its start's and its run's. */
  private Instant deadline(Attempt attempt) {
    boolean answered = attempt.task().flatMap(sights::of).isPresent();
    return attempt
        .course()
        .runningAt()
        .map(at -> policy.runDeadline(scan, at))
        .orElseGet(() -> answered ? policy.startDeadline(attempt) : attempt.spec().deadline());
  }

  private void runTimeout(Attempt attempt) {
    note(attempt.number(), it -> it.stopping(StopReason.RUN_TIMEOUT, now));
    String message = "still running after " + policy.longest(scan);
    failed(
        attempt,
        RunStatus.TIMED_OUT,
        new ScanError(ErrorCode.RUN_TIMEOUT, message, false),
        Again.NEVER);
    stopWhatIsLeft();
  }

  private void startTimeout(Attempt attempt) {
    note(attempt.number(), it -> it.stopping(StopReason.START_TIMEOUT, now));
    String message =
        "task %s did not start within %s".formatted(task(attempt), policy.limits().start());
    failed(
        attempt,
        RunStatus.TIMED_OUT,
        new ScanError(ErrorCode.START_TIMEOUT, message, true),
        Again.MAYBE);
    stopWhatIsLeft();
  }

  private void failed(Attempt attempt, RunStatus end, ScanError error, Again again) {
    if (!policy.attempts().another(run(), again)) {
      note(attempt.number(), it -> it.failed(error.code()));
      move(run -> run.ended(end, Optional.of(error), now));
      return;
    }
    move(run -> run.requeued(error.code(), now));
    errors.add(
        ErrorEvent.warn(
            error.code(),
            Stage.SUPERVISE,
            subject(attempt),
            error.message() + "; it is tried again"));
  }

  /** Of ended attempts, and of all where the run has ended: what may still run is stopped. */
  void stopWhatIsLeft() {
    for (Attempt attempt : run().attempts()) {
      if (!attempt.over() && attempt.course().stop().isPresent()) {
        attempt.task().ifPresentOrElse(task -> stop(attempt, task), () -> search(attempt));
      }
    }
  }

  private void stop(Attempt attempt, TaskArn task) {
    Optional<Sights.Sight> sight = sights.of(task);
    if (sight.isPresent()) {
      switch (sight.get()) {
        case Sights.Sight.Known(TaskReport report) when report.stopped() -> {
          note(attempt.number(), it -> it.ended(end(report, attempt)));
          return;
        }
        case Sights.Sight.Known known -> {}
        case Sights.Sight.Missing missing -> {
          Instant launched = attempt.launchedAt().orElse(attempt.launchingAt());
          if (!launched.plus(Supervision.INVISIBLE).isAfter(now)) {
            note(attempt.number(), it -> it.ended(TaskEnd.unseen(now)));
            return;
          }
        }
      }
    }
    Stop stop = attempt.course().stop().orElseThrow();
    if (!StopTerms.due(stop).isAfter(now)) {
      note(attempt.number(), it -> it.stopTried(now));
      stops.add(new StopCall(attempt.spec().cluster(), task, stop.reason()));
      if (StopTerms.told(run(attempt.number()).course().stop().orElseThrow())) {
        errors.add(
            ErrorEvent.error(
                ErrorCode.TASK_LOST,
                Stage.SUPERVISE,
                subject(attempt),
                "ECS does not stop task %s, asked since %s; it may cost money until somebody does"
                    .formatted(task, stop.since())));
      }
    }
  }

  /** RunTask may have been carried out without an answer: its task would show under its name. */
  private void search(Attempt attempt) {
    Optional<List<KnownTask>> found = sights.search(attempt.number());
    if (found.isEmpty()) {
      return;
    }
    Optional<KnownTask> task =
        found.get().stream()
            .filter(it -> it.belongsTo(scan, provider, attempt.number()))
            .findFirst();
    if (task.isPresent()) {
      note(attempt.number(), it -> it.launched(task.get().arn(), now));
      return;
    }
    Instant since = attempt.course().stop().orElseThrow().since();
    if (!since.plus(Supervision.INVISIBLE).isAfter(now)) {
      note(attempt.number(), it -> it.ended(TaskEnd.unseen(now)));
    }
  }

  private TaskEnd end(TaskReport report, Attempt attempt) {
    Optional<TaskReport.Container> container = report.container(attempt.spec().container());
    return new TaskEnd(
        report.stopped() ? report.stoppedAt().or(() -> Optional.of(now)) : Optional.empty(),
        container.flatMap(TaskReport.Container::exitCode),
        report.stopCode(),
        TaskJudge.reason(report, attempt.spec().container()),
        report.logUrl());
  }

  private static boolean retryable(Again again) {
    return again != Again.NEVER;
  }

  private static String task(Attempt attempt) {
    return attempt.task().map(TaskArn::value).orElse("(unknown)");
  }

  private Subject subject(Attempt attempt) {
    return Subject.of(scan.key()).run(provider, attempt.number());
  }

  private Run run() {
    return scan.run(provider);
  }

  private Attempt run(int number) {
    return run().attempts().stream()
        .filter(attempt -> attempt.number() == number)
        .findFirst()
        .orElseThrow();
  }

  private void note(int attempt, UnaryOperator<Attempt> change) {
    scan = scan.noting(provider, attempt, change);
  }

  private void move(UnaryOperator<Run> change) {
    scan = scan.with(provider, change, now);
  }
}
