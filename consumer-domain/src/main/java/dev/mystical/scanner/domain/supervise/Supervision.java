package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.launch.LaunchLimits;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.Scan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides what becomes of a run that somebody has to look at: {@link #looks} says what is to be
 * asked of ECS, {@link #step} what follows from the answers.
 *
 * <p>What is decided is committed first, and only then is ECS asked to stop a task; the wish to
 * stop it stands in the ledger and is repeated until the task is known to have stopped, so that a
 * crash between the two loses nothing. A run is watched until it has ended and nothing of it can
 * run any more.
 */
public record Supervision(LaunchLimits limits, AttemptLimits attempts) {
  /**
   * RunTask, parameter notes: a task may stay invisible for up to five minutes. Until then that ECS
   * does not know it means nothing.
   */
  static final Duration INVISIBLE = Duration.ofMinutes(5);

  /** DescribeTasks: stopped tasks show for at least one hour. */
  static final Duration REMEMBERED = Duration.ofHours(1);

  /** A run whose message was lost is ended by the supervisor, but never before its consumer. */
  private static final Duration UNCLAIMED = Duration.ofMinutes(1);

  /** What is to be asked about a run. */
  public Looks looks(Scan scan, ProviderId provider) {
    Run run = scan.run(provider);
    List<Looks.Task> tasks = new ArrayList<>();
    List<Attempt> searches = new ArrayList<>();
    for (Attempt attempt : run.attempts()) {
      if (attempt.over()) {
        continue;
      }
      if (attempt.task().isPresent()) {
        tasks.add(new Looks.Task(attempt.spec().cluster(), attempt.task().get()));
      } else if (!launching(run, attempt)) {
        searches.add(attempt);
      }
    }
    return new Looks(tasks, searches);
  }

  /** What follows from what was answered. */
  public SuperviseStep step(Scan scan, ProviderId provider, Sights sights, Instant now) {
    RunStep step = new RunStep(this, scan, provider, sights, now);
    step.stopWhatIsLeft();
    if (scan.run(provider).status().launched()) {
      step.judge();
    }
    if (step.changed()) {
      return step.write();
    }
    Run run = scan.run(provider);
    if (!run.waits()) {
      return new SuperviseStep.LookAgain(step.again());
    }
    return waiting(scan, run, now);
  }

  private SuperviseStep waiting(Scan scan, Run run, Instant now) {
    Instant due =
        run.requeue().isPresent()
            ? launchable(run)
            : scan.createdAt().plus(limits.queue()).plus(UNCLAIMED);
    return due.isAfter(now) ? new SuperviseStep.LookAgain(due) : new SuperviseStep.Relaunch();
  }

  /**
   * When its next attempt may begin: after a pause, and when the task before it has stopped, so
   * that one run has one task at a time; one that does not stop holds it up for a while alone.
   */
  Instant launchable(Run run) {
    Instant rested = run.requeue().orElseThrow().since().plus(attempts.pause(run));
    return run.attempts().stream()
        .filter(attempt -> !attempt.over() && !launching(run, attempt))
        .map(attempt -> run.requeue().orElseThrow().since().plus(StopTerms.PATIENCE))
        .reduce(rested, (a, b) -> a.isAfter(b) ? a : b);
  }

  /** The attempt whose RunTask is being made; nobody can be asked about it. */
  static boolean launching(Run run, Attempt attempt) {
    return run.waits() && attempt.equals(run.attempts().getLast()) && attempt.task().isEmpty();
  }

  /** When an attempt that is not RUNNING has taken too long to start. */
  Instant startDeadline(Attempt attempt) {
    return attempt.launchedAt().orElse(attempt.launchingAt()).plus(limits.start());
  }

  /** When an attempt that is RUNNING has run too long. */
  Instant runDeadline(Scan scan, Instant runningAt) {
    return runningAt.plus(longest(scan));
  }

  Duration longest(Scan scan) {
    return scan.request().timeout().orElse(limits.run());
  }
}
