package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.TaskEnd;
import dev.mystical.scanner.domain.supervise.SuperviseStep.StopCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What one step for one run changes, as it comes together; used once, by one thread. */
final class Draft {
  private final Scan before;
  private final ProviderId provider;
  private final Instant now;
  private final List<ErrorEvent> errors = new ArrayList<>();
  private final List<StopCall> stops = new ArrayList<>();
  private Scan scan;

  Draft(Scan scan, ProviderId provider, Instant now) {
    this.before = scan;
    this.scan = scan;
    this.provider = provider;
    this.now = now;
  }

  boolean changed() {
    return !scan.equals(before);
  }

  SuperviseStep.Write write(Instant again) {
    return new SuperviseStep.Write(scan, errors, stops, again);
  }

  Instant now() {
    return now;
  }

  Scan scan() {
    return scan;
  }

  Run run() {
    return scan.run(provider);
  }

  ProviderId provider() {
    return provider;
  }

  Attempt attempt(int number) {
    return run().attempts().stream()
        .filter(attempt -> attempt.number() == number)
        .findFirst()
        .orElseThrow();
  }

  void move(UnaryOperator<Run> change) {
    scan = scan.with(provider, change, now);
  }

  void note(int attempt, UnaryOperator<Attempt> change) {
    scan = scan.noting(provider, attempt, change);
  }

  /** Notes how a task ended. What was told before stands: ECS forgets, and so do we by stopping. */
  void ended(int attempt, TaskEnd told) {
    note(
        attempt,
        it ->
            it.ended(
                it.course()
                    .end()
                    .map(known ->
                        new TaskEnd(
                            known.stoppedAt().or(told::stoppedAt),
                            known.exitCode().or(told::exitCode),
                            known.stopCode().or(told::stopCode),
                            known.reason().or(told::reason),
                            known.logUrl().or(told::logUrl)))
                    .orElse(told)));
  }

  /** Only for a task of an attempt whose wish to stop is noted. */
  void stop(StopCall call) {
    stops.add(call);
  }

  void tell(ErrorEvent error) {
    errors.add(error);
  }

  Subject subject(int attempt) {
    return Subject.of(scan.key()).run(provider, attempt);
  }
}
