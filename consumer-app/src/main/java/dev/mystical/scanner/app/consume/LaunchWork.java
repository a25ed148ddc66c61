package dev.mystical.scanner.app.consume;

import dev.mystical.scanner.app.health.HealthBoard;
import dev.mystical.scanner.app.health.HealthBoard.Dependency;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.ErrorFeed;
import dev.mystical.scanner.domain.launch.Admission;
import dev.mystical.scanner.domain.launch.Gate;
import dev.mystical.scanner.domain.launch.KnownTask;
import dev.mystical.scanner.domain.launch.LaunchAnswers;
import dev.mystical.scanner.domain.launch.LaunchOutcome;
import dev.mystical.scanner.domain.launch.LaunchPace;
import dev.mystical.scanner.domain.launch.LaunchPolicy;
import dev.mystical.scanner.domain.launch.LaunchResult;
import dev.mystical.scanner.domain.launch.LaunchStep;
import dev.mystical.scanner.domain.launch.TaskLauncher;
import dev.mystical.scanner.domain.launch.TaskReader;
import dev.mystical.scanner.domain.launch.TaskRequest;
import dev.mystical.scanner.domain.launch.TaskRequests;
import dev.mystical.scanner.domain.launch.TasksUnavailable;
import dev.mystical.scanner.domain.launch.Trouble;
import dev.mystical.scanner.domain.launch.Waits;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the steps of {@link LaunchPolicy} for a scan, or for one run of it, until all is
 * launched or ended. It decides nothing: whatever it learns goes into the policy, and what comes
 * out is committed before the next step is asked for.
 */
public final class LaunchWork {
  private static final Logger LOG = LoggerFactory.getLogger(LaunchWork.class);

  /** The policy, and the ports that it needs. */
  public record Parts(
      LaunchPolicy policy,
      ScanLedger ledger,
      TaskLauncher launcher,
      TaskReader reader,
      LaunchPace pace,
      ErrorFeed feed,
      HealthBoard health) {}

  private final Parts parts;
  private final LaunchAnswers answers;
  private final LedgerTime time;
  private final RandomGenerator random;

  public LaunchWork(Parts parts, LedgerTime time, RandomGenerator random) {
    this.parts = parts;
    this.answers = new LaunchAnswers(parts.policy());
    this.time = time;
    this.random = random;
  }

  /** How the next step is asked for. */
  @FunctionalInterface
  private interface Steps {
    LaunchStep next(Scan scan, Waits waits, Instant now);
  }

  /** A scan that nobody has written yet, as far as it is written before its first launch. */
  Scan begun(Scan queued) {
    return written(queued, Waits.NONE, parts.policy()::next);
  }

  /** Works on a scan as the ledger has it; throws {@link Custody.Ended} when it may not go on. */
  Finished.Launched launch(Found.Versioned start, Custody custody) throws InterruptedException {
    return new Finished.Launched(drive(start, custody, parts.policy()::next));
  }

  /**
   * Works on one run that no message launches, or not any more; throws {@link Custody.Ended} when
   * it may not go on.
   */
  public void relaunch(Found.Versioned start, ProviderId provider, Custody custody)
      throws InterruptedException {
    drive(
        start, custody, (scan, waits, now) -> parts.policy().relaunch(scan, provider, waits, now));
  }

  private Scan drive(Found.Versioned start, Custody custody, Steps steps)
      throws InterruptedException {
    Found.Versioned at = start;
    Waits waits = Waits.NONE;
    while (true) {
      // What is settled already is finished whatever happens; all else needs the right to go on.
      switch (steps.next(at.scan(), waits, time.instant())) {
        case LaunchStep.Settled(Scan scan) -> {
          return scan;
        }
        case LaunchStep.Write(Scan next) -> {
          custody.check();
          at = write(at, written(next, waits, steps), List.of());
        }
        case LaunchStep.LaterAt(var moment) ->
            custody.rest(Duration.between(time.instant(), moment));
        case LaunchStep.Find(ProviderId provider, Attempt attempt) -> {
          custody.check();
          LaunchResult result = find(at.scan(), provider, attempt, waits);
          at = carryOut(at, result, steps);
          waits = result.waits();
        }
        case LaunchStep.Launch(ProviderId provider, TaskRequest request) -> {
          custody.check();
          LaunchResult result = call(at.scan(), provider, request, waits, custody);
          at = carryOut(at, result, steps);
          waits = result.waits();
        }
      }
    }
  }

  private Scan written(Scan scan, Waits waits, Steps steps) {
    return LaunchStep.written(scan, at -> steps.next(at, waits, time.instant()));
  }

  private LaunchResult find(Scan scan, ProviderId provider, Attempt attempt, Waits waits)
      throws InterruptedException {
    try {
      List<KnownTask> tasks =
          parts
              .reader()
              .startedBy(attempt.spec().cluster(), TaskRequests.startedBy(scan.runId(provider)));
      return answers.found(scan, provider, tasks, waits, time.instant());
    } catch (TasksUnavailable away) {
      Trouble trouble = Trouble.of(String.valueOf(away.getMessage()));
      return answers.notFound(scan, provider, trouble, waits, time.instant(), random);
    }
  }

  private LaunchResult call(
      Scan scan, ProviderId provider, TaskRequest request, Waits waits, Custody custody)
      throws InterruptedException {
    return switch (parts.pace().admit(provider)) {
      case Admission.Later later -> answers.later(scan, provider, later, waits, time.instant());
      case Admission.Closed closed -> answers.closed(scan, provider, closed, waits, time.instant());
      case Admission.Go(Duration in) ->
          call(scan, provider, request, waits, custody, in, List.of());
      case Admission.Probe(List<Gate> gates, Duration in) ->
          call(scan, provider, request, waits, custody, in, gates);
    };
  }

  private LaunchResult call(
      Scan scan,
      ProviderId provider,
      TaskRequest request,
      Waits waits,
      Custody custody,
      Duration in,
      List<Gate> probed)
      throws InterruptedException {
    custody.rest(in);
    LaunchOutcome outcome = adopted(scan, provider, request, parts.launcher().launch(request));
    LOG.info(
        "event=run-task runId={} scanId={} tenant={} outcome={}",
        scan.runId(provider),
        scan.key().id(),
        scan.key().tenant(),
        outcome);
    for (Gate gate : probed) {
      if (answers.opens(gate, outcome) && parts.pace().open(gate)) {
        LOG.info("event=gate-opened gate={}", gate.name());
      }
    }
    tellHealth(outcome);
    return answers.after(scan, provider, outcome, waits, time.instant(), random);
  }

  /** A conflict over our own token names the task that we launched before, if its tags say so. */
  private LaunchOutcome adopted(
      Scan scan, ProviderId provider, TaskRequest request, LaunchOutcome outcome)
      throws InterruptedException {
    if (!(outcome instanceof LaunchOutcome.Conflicting(var tasks, var trouble))) {
      return outcome;
    }
    int attempt = scan.run(provider).attempts().getLast().number();
    try {
      return parts.reader().describe(request.cluster(), tasks).stream()
          .filter(task -> task.belongsTo(scan, provider, attempt))
          .findFirst()
          .<LaunchOutcome>map(task -> new LaunchOutcome.Started(task.arn()))
          .orElse(outcome);
    } catch (TasksUnavailable away) {
      return new LaunchOutcome.NoAnswer(trouble);
    }
  }

  private Found.Versioned carryOut(Found.Versioned at, LaunchResult result, Steps steps)
      throws InterruptedException {
    List<ErrorEvent> own =
        result.errors().stream().filter(error -> error.subject().particular()).toList();
    for (ErrorEvent error : result.errors()) {
      // An error of this scan goes with its commit, so that neither is told without the other.
      if (!error.subject().particular() || result.scan().equals(at.scan())) {
        parts.feed().publish(error);
      }
    }
    Optional<LaunchResult.Closing> closing = result.closing();
    if (closing.isPresent()
        && parts.pace().close(closing.get().gate(), closing.get().probeEvery())) {
      LOG.warn("event=gate-closed gate={}", closing.get().gate().name());
      parts.feed().publish(closing.get().news());
    }
    return result.scan().equals(at.scan())
        ? at
        : write(at, written(result.scan(), result.waits(), steps), own);
  }

  /** Commits; if somebody else wrote first, goes on from what they wrote. */
  private Found.Versioned write(Found.Versioned at, Scan next, List<ErrorEvent> errors)
      throws InterruptedException {
    Commit commit = Commit.of(at, next, time.instant()).withErrors(errors);
    return switch (parts.ledger().commit(commit)) {
      case CommitResult.Committed(long version, var now) -> {
        time.told(now);
        yield new Found.Versioned(next, version);
      }
      case CommitResult.Stale(Found current) ->
          keepingTasks(at.scan(), next, versioned(at.scan().key(), current));
    };
  }

  /**
   * That ECS has started a task is a fact, whoever wrote first: a scan that was cancelled meanwhile
   * has to know the task that is to be stopped.
   */
  private Found.Versioned keepingTasks(Scan before, Scan wanted, Found.Versioned current)
      throws InterruptedException {
    for (Run run : wanted.runs()) {
      ProviderId provider = run.provider();
      Optional<Attempt> launched = run.lastAttempt().filter(it -> it.task().isPresent());
      if (launched.isPresent() && !launched.equals(before.run(provider).lastAttempt())) {
        Scan told =
            current
                .scan()
                .told(provider, launched.get(), launched.get().task().get(), time.instant());
        return told.equals(current.scan()) ? current : write(current, told, List.of());
      }
    }
    return current;
  }

  private Found.Versioned versioned(ScanKey key, Found found) {
    time.told(found.now());
    return switch (found.entry()) {
      case Found.Versioned current -> current;
      case Found.Absent() -> throw new Custody.Ended(key + ": the ledger lost it; start over");
      case Found.Refused(var scan) -> throw new Custody.Ended(scan.key() + ": refused meanwhile");
    };
  }

  private void tellHealth(LaunchOutcome outcome) {
    switch (outcome) {
      case LaunchOutcome.NoAnswer(Trouble trouble) ->
          parts.health().unwell(Dependency.ECS, trouble.message());
      // One provider's trouble, which its gate and the feed tell: ECS itself has answered.
      case LaunchOutcome.Misconfigured misconfigured -> parts.health().well(Dependency.ECS);
      // Whoever throttles may not have looked at the request; all the others have.
      case LaunchOutcome.Throttled throttled -> {}
      case LaunchOutcome.Started started -> parts.health().well(Dependency.ECS);
      case LaunchOutcome.NoCapacity noCapacity -> parts.health().well(Dependency.ECS);
      case LaunchOutcome.QuotaReached quotaReached -> parts.health().well(Dependency.ECS);
      case LaunchOutcome.Conflicting conflicting -> parts.health().well(Dependency.ECS);
      case LaunchOutcome.Rejected rejected -> parts.health().well(Dependency.ECS);
    }
  }
}
