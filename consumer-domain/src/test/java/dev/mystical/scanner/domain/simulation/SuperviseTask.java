package dev.mystical.scanner.domain.simulation;

import dev.mystical.scanner.domain.launch.TaskRequest;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.TaskReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A task with a fate: what becomes of it unless somebody stops it, and how it takes that. */
final class SuperviseTask {
  /** What becomes of a task. */
  enum Fate {
    EXITS("EssentialContainerExited", "Essential container in task exited"),
    LINGERS("", ""),
    NEVER_STARTS("", ""),
    NO_ROOM("TaskFailedToStart", "RESOURCE:MEMORY"),
    NO_IMAGE("TaskFailedToStart", "CannotPullContainerError: manifest unknown"),
    SPOT("SpotInterruption", "Your Spot Task was interrupted."),
    HOST("TerminationNotice", "Host EC2 (instance i-1) terminated."),
    OUT_OF_MEMORY("EssentialContainerExited", "Essential container in task exited"),
    BY_HAND("UserInitiated", "Task stopped by user"),
    /** Runs on whatever is asked, until a person ends it at last. */
    NEVER_STOPS("UserInitiated", "Task stopped by user"),
    /** Is gone, and ECS does not know it any more. */
    VANISHES("", ""),
    /** Is denied for a while. */
    HIDES("EssentialContainerExited", "Essential container in task exited");

    private final String stopCode;
    private final String reason;

    Fate(String stopCode, String reason) {
      this.stopCode = stopCode;
      this.reason = reason;
    }
  }

  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final TaskArn arn;
  private final TaskRequest request;
  private final Instant createdAt;
  private final Fate fate;
  private final Duration start;
  private final Duration run;
  private final Duration stopping;
  private final Duration hides;
  private final int exitCode;
  private Optional<Instant> stopAskedAt = Optional.empty();
  private String stopReason = "";
  private Optional<Instant> releasedAt = Optional.empty();

  SuperviseTask(TaskArn arn, TaskRequest request, Instant now, Fate fate, RandomGenerator random) {
    this.arn = arn;
    this.request = request;
    this.createdAt = now;
    this.fate = fate;
    this.start = Duration.ofSeconds(2 + random.nextInt(200));
    this.run = Duration.ofSeconds(random.nextInt(random.nextBoolean() ? 1_500 : 60));
    this.stopping = Duration.ofSeconds(random.nextInt(60));
    this.hides = Duration.ofSeconds(random.nextInt(290));
    this.exitCode =
        switch (fate) {
          case EXITS, HIDES -> random.nextInt(3) == 0 ? 1 + random.nextInt(200) : 0;
          case SPOT, HOST, BY_HAND -> random.nextBoolean() ? 0 : 143;
          case OUT_OF_MEMORY, NEVER_STOPS -> 137;
          default -> 0;
        };
  }

  TaskArn arn() {
    return arn;
  }

  TaskRequest request() {
    return request;
  }

  Fate fate() {
    return fate;
  }

  /** Of a task that was asked to stop only when it had ended by itself, or never. */
  boolean succeeded(Instant now) {
    boolean good = fate == Fate.EXITS || fate == Fate.LINGERS || fate == Fate.HIDES;
    return good
        && exitCode == 0
        && exitedAt().filter(at -> !at.isAfter(now)).isPresent()
        && !stopped();
  }

  /** Whether something of it may be at work. */
  boolean live(Instant now) {
    return stoppedAt().filter(at -> !at.isAfter(now)).isEmpty() && !vanished(now);
  }

  void askToStop(String reason, Instant now) {
    if (stopAskedAt.isEmpty()) {
      stopAskedAt = Optional.of(now);
      stopReason = reason;
    }
  }

  /** A person ends what nothing else did. */
  void release(Instant now) {
    releasedAt = releasedAt.or(() -> Optional.of(now));
  }

  /** Whether ECS denies it. */
  boolean denied(Instant now) {
    boolean forgotten = stoppedAt().filter(at -> !at.plus(REMEMBERED).isAfter(now)).isPresent();
    Instant hidesAt = createdAt.plus(start).plus(run.dividedBy(2));
    boolean hidden =
        fate == Fate.HIDES && !hidesAt.isAfter(now) && hidesAt.plus(hides).isAfter(now);
    return createdAt.plusSeconds(2).isAfter(now) || forgotten || hidden || vanished(now);
  }

  private boolean vanished(Instant now) {
    return fate == Fate.VANISHES && !createdAt.plus(start).plus(run).isAfter(now);
  }

  private Optional<Instant> startedAt() {
    boolean starts =
        switch (fate) {
          case NEVER_STARTS, NO_ROOM, NO_IMAGE -> false;
          default -> true;
        };
    Instant at = createdAt.plus(start);
    return starts && stopAskedAt.filter(asked -> obeys() && asked.isBefore(at)).isEmpty()
        ? Optional.of(at)
        : Optional.empty();
  }

  private boolean obeys() {
    return fate != Fate.NEVER_STOPS;
  }

  /** When its container is gone for reasons of its own. */
  private Optional<Instant> endsAt() {
    Instant natural = createdAt.plus(start).plus(run);
    return switch (fate) {
      case NEVER_STARTS -> Optional.empty();
      case NO_ROOM, NO_IMAGE -> Optional.of(createdAt.plus(start));
      case NEVER_STOPS -> releasedAt;
      default -> Optional.of(natural);
    };
  }

  /** Whether it ended because it was asked to. */
  private boolean stopped() {
    return obeys()
        && stopAskedAt
            .filter(asked -> endsAt().filter(end -> !end.isAfter(asked)).isEmpty())
            .isPresent();
  }

  private Optional<Instant> exitedAt() {
    return stopped() ? stopAskedAt.map(at -> at.plus(stopping.dividedBy(2))) : endsAt();
  }

  private Optional<Instant> stoppedAt() {
    return fate == Fate.LINGERS && !stopped()
        ? stopAskedAt.map(at -> at.plus(stopping))
        : exitedAt().map(at -> at.plus(stopping));
  }

  TaskReport report(Instant now) {
    boolean ending = exitedAt().filter(at -> !at.isAfter(now)).isPresent();
    boolean gone = stoppedAt().filter(at -> !at.isAfter(now)).isPresent();
    boolean started = startedAt().filter(at -> !at.isAfter(now)).isPresent();
    boolean asked = stopAskedAt.isPresent();
    String status = started ? "RUNNING" : "PENDING";
    if (gone) {
      status = "STOPPED";
    } else if (ending && fate != Fate.LINGERS) {
      status = "DEPROVISIONING";
    }
    boolean told = gone || (ending && fate != Fate.LINGERS);
    boolean byRequest = stopped() || (fate == Fate.LINGERS && asked);
    return new TaskReport(
        arn,
        status,
        ending || asked ? "STOPPED" : "RUNNING",
        text(told || byRequest, byRequest ? "UserInitiated" : fate.stopCode),
        text(told || byRequest, byRequest ? stopReason : fate.reason),
        startedAt().filter(at -> !at.isAfter(now)),
        stoppedAt().filter(at -> !at.isAfter(now)),
        containers(started, ending),
        Optional.of(2048),
        Optional.empty());
  }

  private static Optional<String> text(boolean told, String text) {
    return told && !text.isEmpty() ? Optional.of(text) : Optional.empty();
  }

  private List<TaskReport.Container> containers(boolean started, boolean ending) {
    if (!started) {
      return List.of();
    }
    int code = stopped() ? 143 : exitCode;
    return List.of(
        new TaskReport.Container(
            request.container(),
            ending ? "STOPPED" : "RUNNING",
            ending ? Optional.of(code) : Optional.empty(),
            ending && fate == Fate.OUT_OF_MEMORY && !stopped()
                ? Optional.of("OutOfMemoryError: Container killed due to memory usage")
                : Optional.empty()));
  }

  @Override
  public String toString() {
    return "%s (%s, created at %s, stop asked at %s)".formatted(arn, fate, createdAt, stopAskedAt);
  }
}
