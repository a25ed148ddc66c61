package dev.mystical.scanner.domain.launch;

import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Requeue;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.TaskSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides the next step of a scan's launches: {@link #next} from what stands in the ledger, {@link
 * LaunchAnswers} from what ECS answered.
 *
 * <p>The order that makes a launch happen once: an attempt is written before its first RunTask; its
 * request and token are a function of what was written; an unanswered call is repeated as it was;
 * only a definite refusal makes another placement, with another token, and before that token is
 * used ECS is searched for a task, since refusals are known to lie.
 */
public record LaunchPolicy(
    Map<ProviderId, Provider> providers,
    Site site,
    LaunchLimits limits,
    LaunchDelays delays,
    TaskRequests requests) {
  public LaunchPolicy {
    providers = Map.copyOf(providers);
  }

  /** With the waits that AWS asks for. */
  public LaunchPolicy(
      Map<ProviderId, Provider> providers, Site site, LaunchLimits limits, TaskRequests requests) {
    this(providers, site, limits, LaunchDelays.STANDARD, requests);
  }

  /** The next step for the runs that hang on the scan's message. */
  public LaunchStep next(Scan scan, Waits waits, Instant now) {
    if (scan.settled()) {
      return new LaunchStep.Settled(scan);
    }
    return next(scan, scan.runs().stream().filter(run -> !run.settled()).toList(), waits, now);
  }

  /** The next step for one run that nobody launches through a message, or not any more. */
  public LaunchStep relaunch(Scan scan, ProviderId provider, Waits waits, Instant now) {
    Run run = scan.run(provider);
    return scan.status().ended() || !run.waits()
        ? new LaunchStep.Settled(scan)
        : next(scan, List.of(run), waits, now);
  }

  private LaunchStep next(Scan scan, List<Run> open, Waits waits, Instant now) {
    for (Run run : open) {
      if (waitedTooLong(scan, run, now) && !mayHaveTask(run, waits)) {
        return new LaunchStep.Write(ended(scan, run.provider(), queueTimeout(), now));
      }
    }
    return open.stream()
        .filter(run -> !earliest(run, waits).isAfter(now))
        .findFirst()
        .map(run -> step(scan, run, waits, now))
        .orElseGet(() -> new LaunchStep.LaterAt(wakeUp(scan, open, waits, now)));
  }

  private LaunchStep step(Scan scan, Run run, Waits waits, Instant now) {
    if (run.status() == RunStatus.PENDING) {
      int number = run.lastAttempt().map(last -> last.number() + 1).orElse(1);
      return new LaunchStep.Write(launching(scan, run.provider(), number, 0, site.first(), now));
    }
    Attempt attempt = run.attempts().getLast();
    boolean suspicious =
        attempt.placement() > 0
            || waitedTooLong(scan, run, now)
            || attempt.launchingAt().plus(delays.forgotten()).isBefore(now);
    if (suspicious && !waits.of(run.provider()).lookedFor(attempt)) {
      return new LaunchStep.Find(run.provider(), attempt);
    }
    return new LaunchStep.Launch(run.provider(), requests.of(scan, run.provider(), attempt));
  }

  /**
   * The scan with an attempt written ahead of its RunTask, or with the run ended if it can't be.
   */
  Scan launching(
      Scan scan, ProviderId provider, int number, int placement, Placement place, Instant now) {
    Provider known = providers.get(provider);
    if (known == null) {
      String message = "provider " + provider + " is no longer configured";
      return failed(scan, provider, ErrorCode.PROVIDER_UNKNOWN, message, now);
    }
    Duration longest = scan.request().timeout().orElse(limits.run());
    TaskSpec spec =
        new TaskSpec(
            site.cluster(),
            known.taskDefinition(),
            known.container(),
            place,
            site.network(),
            now.plus(limits.start()).plus(longest),
            site.apiUrl());
    Attempt attempt = Attempt.launching(number, placement, spec, now);
    int length = Overrides.length(requests.of(scan, provider, attempt));
    if (length > Overrides.LONGEST) {
      String message =
          "the container overrides have %d characters; ECS takes %d"
              .formatted(length, Overrides.LONGEST);
      return failed(scan, provider, ErrorCode.OVERRIDES_TOO_LARGE, message, now);
    }
    return scan.with(provider, run -> run.launching(attempt), now);
  }

  Scan failed(Scan scan, ProviderId provider, ErrorCode code, String message, Instant now) {
    return scan.with(
        provider,
        run -> run.ended(RunStatus.FAILED, Optional.of(new ScanError(code, message, false)), now),
        now);
  }

  private static Scan ended(Scan scan, ProviderId provider, ScanError why, Instant now) {
    return scan.with(provider, run -> run.ended(RunStatus.TIMED_OUT, Optional.of(why), now), now);
  }

  private ScanError queueTimeout() {
    return new ScanError(ErrorCode.QUEUE_TIMEOUT, "not launched within " + limits.queue(), true);
  }

  private boolean waitedTooLong(Scan scan, Run run, Instant now) {
    return !waitedSince(scan, run).plus(limits.queue()).isAfter(now);
  }

  /** A call may have gone out, and ECS was not searched since. */
  private static boolean mayHaveTask(Run run, Waits waits) {
    return run.status() == RunStatus.LAUNCHING
        && !waits.of(run.provider()).lookedFor(run.attempts().getLast());
  }

  /** The ledger knows when the last refusal came, so that no crash makes a search come too soon. */
  private Instant earliest(Run run, Waits waits) {
    Instant until = waits.of(run.provider()).until();
    return run.lastAttempt()
        .filter(attempt -> run.status() == RunStatus.LAUNCHING && attempt.placement() > 0)
        .map(attempt -> attempt.launchingAt().plus(delays.ghost()))
        .filter(until::isBefore)
        .orElse(until);
  }

  private Instant wakeUp(Scan scan, List<Run> open, Waits waits, Instant now) {
    return open.stream()
        .map(run -> {
          Instant timeout = waitedSince(scan, run).plus(limits.queue());
          Instant until = earliest(run, waits);
          return timeout.isAfter(now) && timeout.isBefore(until) ? timeout : until;
        })
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** A run that is launched again has the whole time again: its place was never lost before. */
  private static Instant waitedSince(Scan scan, Run run) {
    return run.requeue().map(Requeue::since).orElse(scan.createdAt());
  }
}
