package dev.mystical.scanner.domain.scan;

import java.time.Instant;
import java.util.Optional;

/**
 * What became of an attempt after its launch, as far as it was seen and decided.
 *
 * @param runningAt since when its scanning container ran
 * @param missingSince since when ECS denies knowing its task
 * @param stop that its task has to stop
 * @param end how its task ended
 * @param failure why the attempt did not succeed
 * @param handover how its results come in
 */
public record Course(
    Optional<Instant> runningAt,
    Optional<Instant> missingSince,
    Optional<Stop> stop,
    Optional<TaskEnd> end,
    Optional<ErrorCode> failure,
    Handover handover) {
  public static final Course NONE =
      new Course(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Handover.NONE);

  Course running(Instant at) {
    return new Course(Optional.of(at), Optional.empty(), stop, end, failure, handover);
  }

  Course missing(Optional<Instant> since) {
    return new Course(runningAt, since, stop, end, failure, handover);
  }

  Course stop(Stop wanted) {
    return new Course(runningAt, missingSince, Optional.of(wanted), end, failure, handover);
  }

  Course end(TaskEnd told) {
    return new Course(runningAt, missingSince, stop, Optional.of(told), failure, handover);
  }

  /** It was thought to be over, and is not. */
  Course again() {
    return new Course(runningAt, Optional.empty(), stop, Optional.empty(), failure, handover);
  }

  Course failed(ErrorCode why) {
    return new Course(runningAt, missingSince, stop, end, Optional.of(why), handover);
  }

  Course handover(Handover next) {
    return new Course(runningAt, missingSince, stop, end, failure, next);
  }
}
