package dev.mystical.scanner.domain.launch;

import static dev.mystical.scanner.domain.scan.ErrorCode.ECS_CAPACITY;
import static dev.mystical.scanner.domain.scan.ErrorCode.ECS_CONFIG;
import static dev.mystical.scanner.domain.scan.ErrorCode.ECS_QUOTA;
import static dev.mystical.scanner.domain.scan.ErrorCode.ECS_THROTTLED;
import static dev.mystical.scanner.domain.scan.ErrorCode.ECS_UNAVAILABLE;
import static dev.mystical.scanner.domain.scan.ErrorCode.INTERNAL;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/** Decides what follows from an answer of ECS, for a run whose attempt is written. */
public record LaunchAnswers(LaunchPolicy policy) {
  public LaunchResult after(
      Scan scan,
      ProviderId provider,
      LaunchOutcome outcome,
      Waits waits,
      Instant now,
      RandomGenerator random) {
    int tries = waits.of(provider).tries();
    return switch (outcome) {
      case LaunchOutcome.Started(TaskArn task) ->
          // The waits matter where this cannot be committed: then there is a task to look for.
          LaunchResult.of(
              scan.with(provider, run -> run.launched(task, now), now),
              waits.unanswered(provider, now.plus(policy.delays().ghost())));
      case LaunchOutcome.NoAnswer(Trouble trouble) ->
          LaunchResult.of(
                  scan,
                  waits.unanswered(
                      provider, now.plus(policy.delays().transport().delay(tries, random))))
              .telling(system(ECS_UNAVAILABLE, provider, trouble));
      case LaunchOutcome.Throttled(Trouble trouble) ->
          LaunchResult.of(
                  scan,
                  waits.again(provider, now.plus(policy.delays().throttled().delay(tries, random))))
              .telling(system(ECS_THROTTLED, provider, trouble));
      case LaunchOutcome.NoCapacity(Trouble trouble) ->
          noCapacity(mended(scan, provider, now), provider, trouble, waits, now, random);
      case LaunchOutcome.QuotaReached(Trouble trouble) ->
          refused(
                  mended(scan, provider, now),
                  provider,
                  waits,
                  now.plus(policy.delays().probe()),
                  now)
              .closing(Gate.QUOTA, policy.delays().probe(), system(ECS_QUOTA, provider, trouble));
      case LaunchOutcome.Misconfigured(Trouble trouble) ->
          misconfigured(scan, provider, trouble, waits, now);
      case LaunchOutcome.Conflicting(List<TaskArn> tasks, Trouble trouble) ->
          // The shell has looked at these tasks, and none of them is this run's.
          LaunchResult.of(
              policy.failed(
                  scan,
                  provider,
                  INTERNAL,
                  "token used by " + tasks + ": " + trouble.message(),
                  now),
              waits);
      case LaunchOutcome.Rejected(Trouble trouble) ->
          LaunchResult.of(policy.failed(scan, provider, ECS_CONFIG, trouble.message(), now), waits);
    };
  }

  /** After a search of ECS: adopts a task of this very attempt, else lets the launch go on. */
  public LaunchResult found(
      Scan scan, ProviderId provider, List<KnownTask> tasks, Waits waits, Instant now) {
    Attempt last = attempt(scan, provider);
    int attempt = last.number();
    return tasks.stream()
        .filter(task -> task.belongsTo(scan, provider, attempt))
        .findFirst()
        .map(task ->
            LaunchResult.of(scan.with(provider, run -> run.launched(task.arn(), now), now), waits)
                .telling(adopted(scan, provider, attempt, task.arn())))
        .orElseGet(() -> LaunchResult.of(scan, waits.lookedFor(provider, last)));
  }

  /** After a search that failed: nothing is launched before ECS could be searched. */
  public LaunchResult notFound(
      Scan scan,
      ProviderId provider,
      Trouble trouble,
      Waits waits,
      Instant now,
      RandomGenerator random) {
    Duration delay = policy.delays().transport().delay(waits.of(provider).tries(), random);
    return LaunchResult.of(scan, waits.again(provider, now.plus(delay)))
        .telling(system(ECS_UNAVAILABLE, provider, trouble));
  }

  /** While a gate is closed. A run waits for a mended configuration no longer than the grace. */
  public LaunchResult closed(
      Scan scan, ProviderId provider, Admission.Closed closed, Waits waits, Instant now) {
    Waits later = waits.hold(provider, now.plus(closed.again()));
    if (closed.gate().equals(Gate.QUOTA)) {
      return LaunchResult.of(scan, later);
    }
    return blocked(scan, provider, "refused by ECS; see the errors of " + provider, later, now);
  }

  /** Whether an answer proves that what a gate was closed for is over. */
  public boolean opens(Gate gate, LaunchOutcome outcome) {
    return switch (outcome) {
      case LaunchOutcome.NoAnswer ignored -> false;
      case LaunchOutcome.Throttled ignored -> false;
      case LaunchOutcome.QuotaReached ignored -> !gate.equals(Gate.QUOTA);
      case LaunchOutcome.Misconfigured ignored -> false;
      case LaunchOutcome.Started ignored -> true;
      case LaunchOutcome.NoCapacity ignored -> true;
      case LaunchOutcome.Conflicting ignored -> true;
      case LaunchOutcome.Rejected ignored -> true;
    };
  }

  /** While the shared pace has no place to give. */
  public LaunchResult later(
      Scan scan, ProviderId provider, Admission.Later later, Waits waits, Instant now) {
    return LaunchResult.of(scan, waits.hold(provider, now.plus(later.again())));
  }

  private LaunchResult noCapacity(
      Scan scan,
      ProviderId provider,
      Trouble trouble,
      Waits waits,
      Instant now,
      RandomGenerator random) {
    Attempt attempt = attempt(scan, provider);
    int refusals = waits.of(provider).tries() + 1;
    Placement next = policy.site().after(attempt.spec().placement());
    boolean everyPlaceTried = next.equals(policy.site().first());
    int rounds = refusals / policy.site().placements().size();
    Instant until =
        everyPlaceTried
            ? now.plus(policy.delays().capacity().delay(rounds - 1, random))
            : now.plus(policy.delays().ghost());
    LaunchResult result =
        LaunchResult.of(
            policy.launching(scan, provider, attempt.number(), attempt.placement() + 1, next, now),
            waits.nextPlacement(provider, refusals, until));
    // Once a round is enough: a wait of hours is one trouble, not hundreds.
    return everyPlaceTried || refusals == 1
        ? result.telling(
            ErrorEvent.warn(
                    ECS_CAPACITY,
                    Stage.LAUNCH,
                    Subject.of(scan.key()).run(provider, attempt.number()),
                    trouble.message())
                .withRequest(trouble.requestId()))
        : result;
  }

  private LaunchResult misconfigured(
      Scan scan, ProviderId provider, Trouble trouble, Waits waits, Instant now) {
    LaunchResult refused = refused(scan, provider, waits, now.plus(policy.delays().probe()), now);
    ErrorEvent news =
        ErrorEvent.error(ECS_CONFIG, Stage.LAUNCH, Subject.of(provider), trouble.message())
            .withRequest(trouble.requestId());
    if (refused.scan().run(provider).status().ended()) {
      return refused.closing(Gate.of(provider), policy.delays().probe(), news);
    }
    return blocked(refused.scan(), provider, trouble.message(), refused.waits(), now)
        .closing(Gate.of(provider), policy.delays().probe(), news);
  }

  private LaunchResult blocked(
      Scan scan, ProviderId provider, String message, Waits waits, Instant now) {
    Run run = scan.run(provider);
    if (run.blockedSince().isEmpty()) {
      return LaunchResult.of(scan.with(provider, it -> it.blocked(now), now), waits);
    }
    boolean over = !run.blockedSince().get().plus(policy.limits().configGrace()).isAfter(now);
    return over
        ? LaunchResult.of(policy.failed(scan, provider, ECS_CONFIG, message, now), waits)
        : LaunchResult.of(scan, waits);
  }

  /** A definite refusal, wherever it runs: the same place, with the settings as they are by now. */
  private LaunchResult refused(
      Scan scan, ProviderId provider, Waits waits, Instant until, Instant now) {
    Attempt attempt = attempt(scan, provider);
    return LaunchResult.of(
        policy.launching(
            scan,
            provider,
            attempt.number(),
            attempt.placement() + 1,
            attempt.spec().placement(),
            now),
        waits.nextPlacement(provider, 0, until));
  }

  private static Scan mended(Scan scan, ProviderId provider, Instant now) {
    return scan.with(provider, Run::unblocked, now);
  }

  private static Attempt attempt(Scan scan, ProviderId provider) {
    return scan.run(provider).attempts().getLast();
  }

  private static ErrorEvent system(ErrorCode code, ProviderId provider, Trouble trouble) {
    return ErrorEvent.warn(code, Stage.LAUNCH, Subject.of(provider), trouble.message())
        .withRequest(trouble.requestId());
  }

  private static ErrorEvent adopted(Scan scan, ProviderId provider, int attempt, TaskArn task) {
    return ErrorEvent.warn(
        INTERNAL,
        Stage.LAUNCH,
        Subject.of(scan.key()).run(provider, attempt),
        "took over task " + task + ", which ECS had started without telling");
  }
}
