package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.collect.Results;
import dev.mystical.scanner.domain.launch.LaunchLimits;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.Scan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
   * does not know it means nothing. One that it has shown before is in doubt for as long.
   */
  static final Duration INVISIBLE = Duration.ofMinutes(5);

  /** DescribeTasks: stopped tasks show for at least one hour. */
  static final Duration REMEMBERED = Duration.ofHours(1);

  /** A run whose message was lost is ended by the supervisor, but never before its consumer. */
  private static final Duration UNCLAIMED = Duration.ofMinutes(1);

  /** What is to be asked about a run. */
  public Looks looks(Scan scan, ProviderId provider) {
    Run run = scan.run(provider);
    List<Attempt> left = Leftovers.of(run);
    List<Looks.Task> tasks = new ArrayList<>();
    for (Attempt attempt : run.attempts()) {
      if (!attempt.over()) {
        attempt.task().ifPresent(task -> tasks.add(new Looks.Task(attempt.spec().cluster(), task)));
      }
    }
    return new Looks(tasks, left.stream().filter(it -> it.task().isEmpty()).toList());
  }

  /** What follows from what was answered. */
  public SuperviseStep step(Scan scan, ProviderId provider, Sights sights, Instant now) {
    Draft draft = new Draft(scan, provider, now);
    Leftovers leftovers = new Leftovers(draft, sights);
    leftovers.stop();
    if (draft.run().status().launched()) {
      new RunStep(this, draft, sights).judge();
      // Judging may have left an attempt, whose task is asked to stop in the same step.
      leftovers.stop();
    }
    Run run = draft.run();
    Instant again = again(draft.scan(), run, sights, now);
    if (draft.changed()) {
      return draft.write(again);
    }
    return run.waits() && !launchable(scan, run).isAfter(now)
        ? new SuperviseStep.Relaunch()
        : new SuperviseStep.LookAgain(again);
  }

  /** When to look again; in the past where there is something to be done at once. */
  private Instant again(Scan scan, Run run, Sights sights, Instant now) {
    return Stream.concat(
            awaited(scan, run, sights, now).stream(), Leftovers.look(run, sights, now).stream())
        .min(Instant::compareTo)
        // A run that is not watched needs no look, and a needless one must not spin.
        .orElseGet(() -> now.plus(INVISIBLE));
  }

  private Optional<Instant> awaited(Scan scan, Run run, Sights sights, Instant now) {
    if (run.waits()) {
      return Optional.of(launchable(scan, run));
    }
    if (!run.status().launched()) {
      return Optional.empty();
    }
    Attempt attempt = run.attempts().getLast();
    if (run.status() == RunStatus.COLLECTING) {
      return attempt.course().handover().awaitedSince().map(it -> it.plus(Results.GRACE));
    }
    boolean answered = attempt.task().flatMap(sights::of).isPresent();
    return Optional.of(
        Rhythm.next(
            attempt.launchedAt().orElse(now),
            sights.eventsFlow(),
            deadline(scan, attempt, answered),
            now));
  }

  /**
   * When somebody other than its message may launch a run, or end it. A later attempt waits for a
   * pause, and until the task before it has stopped, so that one run has one task at a time; one
   * that does not stop holds it up for a while alone.
   */
  private Instant launchable(Scan scan, Run run) {
    if (run.requeue().isEmpty()) {
      return scan.createdAt().plus(limits.queue()).plus(UNCLAIMED);
    }
    Instant since = run.requeue().get().since();
    if (run.status() == RunStatus.LAUNCHING) {
      return since;
    }
    Duration pause = attempts.pause(run);
    boolean clear = Leftovers.of(run).isEmpty();
    return since.plus(
        clear || pause.compareTo(StopTerms.PATIENCE) > 0 ? pause : StopTerms.PATIENCE);
  }

  /** Whether ECS should know the attempt's task by now. */
  static boolean visible(Attempt attempt, Instant now) {
    return !launched(attempt).plus(INVISIBLE).isAfter(now);
  }

  /** Whether ECS has denied it for so long that it can be no mistake of the moment. */
  static boolean surelyMissing(Attempt attempt, Instant now) {
    return attempt
        .course()
        .missingSince()
        .filter(since -> !since.plus(INVISIBLE).isAfter(now))
        .isPresent();
  }

  /**
   * Whether a task that ECS denies has stopped more than an hour ago. When it was last seen is not
   * kept, but it was before ECS first denied it.
   */
  static boolean forgotten(Attempt attempt, boolean overdue, Instant now) {
    Instant known = attempt.course().runningAt().orElse(launched(attempt));
    boolean longDenied =
        attempt.course().missingSince().filter(it -> !it.plus(REMEMBERED).isAfter(now)).isPresent();
    return longDenied || (overdue && !known.plus(REMEMBERED).isAfter(now));
  }

  /** When an attempt that is not RUNNING has taken too long to start. */
  Instant startDeadline(Attempt attempt) {
    return launched(attempt).plus(limits.start());
  }

  /** When an attempt that is RUNNING has run too long. */
  Instant runDeadline(Scan scan, Instant runningAt) {
    return runningAt.plus(longest(scan));
  }

  /**
   * When an attempt has taken too long as far as it is known. One of which ECS does not tell may
   * run by now, so it has the time that it was told: its start's and its run's.
   */
  Instant deadline(Scan scan, Attempt attempt, boolean answered) {
    return attempt
        .course()
        .runningAt()
        .map(at -> runDeadline(scan, at))
        .orElseGet(() -> answered ? startDeadline(attempt) : attempt.spec().deadline());
  }

  Duration longest(Scan scan) {
    return scan.request().timeout().orElse(limits.run());
  }

  private static Instant launched(Attempt attempt) {
    return attempt.launchedAt().orElse(attempt.launchingAt());
  }
}
