package dev.mystical.scanner.domain.scan;

import java.time.Instant;
import java.util.Optional;

/**
 * One task launched for a run, or about to be.
 *
 * @param number from 1
 * @param placement from 0, one more after each definite refusal of this attempt
 * @param launchingAt when this placement was written, before its first RunTask
 */
public record Attempt(
    int number,
    int placement,
    TaskSpec spec,
    Instant launchingAt,
    Optional<TaskArn> task,
    Optional<Instant> launchedAt,
    Course course) {
  public Attempt {
    if (number < 1 || placement < 0) {
      throw new IllegalArgumentException("attempt %d, placement %d".formatted(number, placement));
    }
  }

  public static Attempt launching(int number, int placement, TaskSpec spec, Instant now) {
    return new Attempt(
        number, placement, spec, now, Optional.empty(), Optional.empty(), Course.NONE);
  }

  public Attempt launched(TaskArn arn, Instant now) {
    return new Attempt(
        number, placement, spec, launchingAt, Optional.of(arn), Optional.of(now), course);
  }

  /** A task of it was found although nobody waits for it any more: it has to stop. */
  public Attempt found(TaskArn arn, Instant now) {
    return launched(arn, now).with(course.again()).stopping(StopReason.LEFT_OVER, now);
  }

  public Attempt running(Instant at) {
    return with(course.running(at));
  }

  /** ECS does not know its task; the first such moment counts. */
  public Attempt missing(Instant now) {
    return course.missingSince().isPresent() ? this : with(course.missing(Optional.of(now)));
  }

  /** ECS knows its task, again. */
  public Attempt seen() {
    return course.missingSince().isEmpty() ? this : with(course.missing(Optional.empty()));
  }

  /** Its task has to stop; the first reason stands. */
  public Attempt stopping(StopReason reason, Instant now) {
    return over() || course.stop().isPresent() ? this : with(course.stop(Stop.wanted(reason, now)));
  }

  /** Nobody waits for it any more: what of it may still run has to stop. */
  public Attempt left(StopReason reason, Instant now) {
    boolean done = course.end().isPresent() || course.handover().completion().isPresent();
    return stopping(done ? StopReason.LINGERING : reason, now);
  }

  /** One of its tasks was let in. */
  public Attempt started(Handover.Start first) {
    return with(course.handover(course.handover().started(first)));
  }

  /** Its container has said its last word. */
  public Attempt completed(Handover.Completion last) {
    return with(course.handover(course.handover().completed(last)));
  }

  /** A report of it was no good. */
  public Attempt refused(ScanError why) {
    return with(course.handover(course.handover().refused(why)));
  }

  /** Its task has ended, and its report is waited for; the first such moment counts. */
  public Attempt awaited(Instant since) {
    return with(course.handover(course.handover().awaited(since)));
  }

  /** In another placement's place: who was let in before stays let in, whoever comes now. */
  Attempt after(Attempt earlier) {
    return with(course.handover(earlier.course.handover()));
  }

  /** ECS is about to be asked to stop its task. */
  public Attempt stopTried(Instant now) {
    return course.stop().map(stop -> with(course.stop(stop.tried(now)))).orElse(this);
  }

  public Attempt ended(TaskEnd told) {
    return with(course.end(told));
  }

  public Attempt failed(ErrorCode why) {
    return with(course.failed(why));
  }

  /** Whether nothing of it can run any more. */
  public boolean over() {
    return course.end().flatMap(TaskEnd::stoppedAt).isPresent();
  }

  private Attempt with(Course next) {
    return new Attempt(number, placement, spec, launchingAt, task, launchedAt, next);
  }
}
