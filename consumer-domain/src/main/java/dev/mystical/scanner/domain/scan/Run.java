package dev.mystical.scanner.domain.scan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One provider's share of a scan.
 *
 * @param blockedSince since when it waits for a person to mend the configuration
 */
public record Run(
    ProviderId provider,
    boolean required,
    RunStatus status,
    List<Attempt> attempts,
    Optional<Instant> blockedSince,
    Optional<ScanError> error,
    Optional<Instant> endedAt) {
  public Run {
    attempts = List.copyOf(attempts);
  }

  public static Run pending(RequestedProvider requested) {
    return new Run(
        requested.id(),
        requested.required(),
        RunStatus.PENDING,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public Optional<Attempt> lastAttempt() {
    return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
  }

  /** Launched or ended: nothing of it still hangs on the message. */
  public boolean settled() {
    return status.launched() || status.ended();
  }

  /** Writes an attempt ahead of its RunTask; a later placement takes the earlier one's place. */
  public Run launching(Attempt attempt) {
    requireUnsettled();
    List<Attempt> next = new ArrayList<>(attempts);
    if (!next.isEmpty() && next.getLast().number() == attempt.number()) {
      next.removeLast();
    }
    next.add(attempt);
    return new Run(provider, required, RunStatus.LAUNCHING, next, blockedSince, error, endedAt);
  }

  public Run launched(TaskArn task, Instant now) {
    requireUnsettled();
    List<Attempt> next = new ArrayList<>(attempts);
    next.set(next.size() - 1, next.getLast().launched(task, now));
    return new Run(
        provider, required, RunStatus.PROVISIONING, next, Optional.empty(), error, endedAt);
  }

  public Run blocked(Instant since) {
    requireUnsettled();
    return new Run(provider, required, status, attempts, Optional.of(since), error, endedAt);
  }

  /** ECS has accepted the configuration: the next refusal of it has the whole grace again. */
  public Run unblocked() {
    requireUnsettled();
    return new Run(provider, required, status, attempts, Optional.empty(), error, endedAt);
  }

  public Run ended(RunStatus end, Optional<ScanError> why, Instant now) {
    if (status.ended() || !end.ended()) {
      throw new IllegalStateException(provider + ": from " + status + " to " + end);
    }
    return new Run(provider, required, end, attempts, Optional.empty(), why, Optional.of(now));
  }

  private void requireUnsettled() {
    if (settled()) {
      throw new IllegalStateException(provider + " is " + status);
    }
  }
}
