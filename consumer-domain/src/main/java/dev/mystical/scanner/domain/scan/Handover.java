package dev.mystical.scanner.domain.scan;

import java.time.Instant;
import java.util.Optional;

/**
 * How the results of an attempt come in, as far as its container has told. One that knows nothing
 * of all this tells nothing.
 *
 * @param start the one task that was let in
 * @param completion its last word
 * @param refusal why the last report that it sent was no good
 * @param awaitedSince since when its task has ended and its report is waited for
 */
public record Handover(
    Optional<Start> start,
    Optional<Completion> completion,
    Optional<ScanError> refusal,
    Optional<Instant> awaitedSince) {
  public static final Handover NONE =
      new Handover(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * A task that was let in: all others of its attempt must leave.
   *
   * @param task its ARN, or another name that no other task has
   */
  public record Start(String task, Instant at) {}

  /**
   * What a container says when it is done.
   *
   * @param error what went wrong; one without has done its work
   */
  public record Completion(
      Optional<Integer> exitCode,
      Optional<String> tool,
      Optional<String> toolVersion,
      Optional<ScanError> error,
      Instant at) {}

  Handover started(Start first) {
    return new Handover(Optional.of(first), completion, refusal, awaitedSince);
  }

  Handover completed(Completion last) {
    return new Handover(start, Optional.of(last), refusal, awaitedSince);
  }

  Handover refused(ScanError why) {
    return new Handover(start, completion, Optional.of(why), awaitedSince);
  }

  Handover awaited(Instant since) {
    return new Handover(start, completion, refusal, awaitedSince.or(() -> Optional.of(since)));
  }
}
