package dev.mystical.scanner.domain.scan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One accepted request and all that became of it. Immutable; a terminal state is absorbing.
 *
 * @param digest of the request as parsed; tells a repeat from another request under the same id
 * @param traceparent the W3C trace that the request belongs to, if it named one
 */
public record Scan(
    ScanKey key,
    ScanRequest request,
    String digest,
    Optional<String> traceparent,
    ScanStatus status,
    List<Run> runs,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    Optional<ScanError> error) {
  public Scan {
    runs = List.copyOf(runs);
  }

  public static Scan queued(
      ScanKey key,
      ScanRequest request,
      String digest,
      Optional<String> traceparent,
      Instant createdAt) {
    return new Scan(
        key,
        request,
        digest,
        traceparent,
        ScanStatus.QUEUED,
        request.providers().stream().map(Run::pending).toList(),
        createdAt,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public Run run(ProviderId provider) {
    return runs.stream()
        .filter(run -> run.provider().equals(provider))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(key + " has no run of " + provider));
  }

  public RequestedProvider requested(ProviderId provider) {
    return request.providers().stream()
        .filter(requested -> requested.id().equals(provider))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(key + " does not ask for " + provider));
  }

  public RunId runId(ProviderId provider) {
    return new RunId(key.id(), provider);
  }

  /** Whether every run is launched or ended, so that the message may go. */
  public boolean settled() {
    return status.ended() || runs.stream().allMatch(Run::settled);
  }

  /**
   * This scan with one run moved on, and with the states that follow from it: RUNNING once a run
   * has begun, and the end once all runs have ended.
   */
  public Scan with(ProviderId provider, UnaryOperator<Run> change, Instant now) {
    if (status.ended()) {
      throw new IllegalStateException(key + " is " + status);
    }
    List<Run> next =
        runs.stream()
            .map(run -> run.provider().equals(provider) ? change.apply(run) : run)
            .toList();
    if (next.stream().allMatch(run -> run.status().ended())) {
      return new Scan(
          key,
          request,
          digest,
          traceparent,
          ScanEnd.status(next),
          next,
          createdAt,
          startedAt.or(() -> Optional.of(now)),
          Optional.of(now),
          ScanEnd.error(next));
    }
    boolean begun = next.stream().anyMatch(run -> run.status() != RunStatus.PENDING);
    return new Scan(
        key,
        request,
        digest,
        traceparent,
        begun ? ScanStatus.RUNNING : status,
        next,
        createdAt,
        begun ? startedAt.or(() -> Optional.of(now)) : startedAt,
        endedAt,
        error);
  }
}
