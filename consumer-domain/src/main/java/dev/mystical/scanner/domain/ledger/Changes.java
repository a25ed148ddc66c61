package dev.mystical.scanner.domain.ledger;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Severity;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What follows from the difference between two states of one scan. */
final class Changes {
  /** ECS shows a new task some seconds after RunTask, so a first look before that is wasted. */
  private static final Duration FIRST_LOOK = Duration.ofSeconds(2);

  /** A run that its message drives is looked at only in case the message is gone. */
  private static final Duration MESSAGE_LOOK = Duration.ofMinutes(5);

  private Changes() {}

  static List<ScanEvent> events(Optional<Scan> before, Scan after, Instant now) {
    List<ScanEvent> events = new ArrayList<>();
    if (before.isEmpty()) {
      events.add(new ScanEvent(ScanEvent.Type.SCAN_QUEUED, after, Optional.empty(), now));
    }
    ScanStatus earlier = before.map(Scan::status).orElse(ScanStatus.QUEUED);
    if (earlier != ScanStatus.RUNNING && after.status() == ScanStatus.RUNNING) {
      events.add(new ScanEvent(ScanEvent.Type.SCAN_RUNNING, after, Optional.empty(), now));
    }
    for (Run run : after.runs()) {
      runEvent(statusOf(before, run), run)
          .ifPresent(
              type -> events.add(new ScanEvent(type, after, Optional.of(run.provider()), now)));
    }
    if (ends(before, after)) {
      events.add(new ScanEvent(ScanEvent.Type.SCAN_ENDED, after, Optional.empty(), now));
    }
    return events;
  }

  /** Every run that is watched has a timer, and no other has. */
  static Map<ProviderId, Optional<Instant>> timers(Optional<Scan> before, Scan after, Instant now) {
    Map<ProviderId, Optional<Instant>> timers = new LinkedHashMap<>();
    for (Run run : after.runs()) {
      Optional<Run> earlier = before.flatMap(scan -> find(scan, run.provider()));
      if (!run.watched()) {
        earlier
            .filter(Run::watched)
            .ifPresent(watched -> timers.put(run.provider(), Optional.empty()));
      } else if (!run.settled()) {
        if (earlier.isEmpty()) {
          timers.put(run.provider(), Optional.of(now.plus(MESSAGE_LOOK)));
        }
      } else if (!earlier.equals(Optional.of(run)) && !stillWaits(earlier, run)) {
        timers.put(run.provider(), Optional.of(now.plus(FIRST_LOOK)));
      }
    }
    return timers;
  }

  /** Whoever launches it again keeps its timer as a lease, which no step of the launch breaks. */
  private static boolean stillWaits(Optional<Run> earlier, Run run) {
    return run.waits() && earlier.filter(Run::waits).filter(Run::settled).isPresent();
  }

  /** The tasks that became known, and those that are over. */
  static Map<TaskArn, Optional<ProviderId>> tasks(Optional<Scan> before, Scan after) {
    Map<TaskArn, Optional<ProviderId>> tasks = new LinkedHashMap<>();
    Set<TaskArn> earlier = before.map(Changes::watchedTasks).orElse(Set.of());
    for (Run run : after.runs()) {
      for (Attempt attempt : run.attempts()) {
        attempt
            .task()
            .filter(task -> earlier.contains(task) == attempt.over())
            .ifPresent(task ->
                tasks.put(task, attempt.over() ? Optional.empty() : Optional.of(run.provider())));
      }
    }
    return tasks;
  }

  private static Set<TaskArn> watchedTasks(Scan scan) {
    return scan.runs().stream()
        .flatMap(run -> run.attempts().stream())
        .filter(attempt -> !attempt.over())
        .flatMap(attempt -> attempt.task().stream())
        .collect(Collectors.toSet());
  }

  static List<OutboxEntry> outbox(Optional<Scan> before, Scan after, Instant now) {
    if (!ends(before, after)) {
      return List.of();
    }
    return after.request().callback().stream()
        .map(url ->
            new OutboxEntry(
                WebhookId.of(after),
                url,
                new ScanEvent(ScanEvent.Type.SCAN_ENDED, after, Optional.empty(), now)))
        .toList();
  }

  static List<ErrorEvent> errors(Scan before, Scan after) {
    List<ErrorEvent> errors = new ArrayList<>();
    for (Run run : after.runs()) {
      if (run.status().ended() && !statusOf(Optional.of(before), run).ended()) {
        run.error().ifPresent(error -> errors.add(error(after, run, error)));
      }
    }
    return errors;
  }

  private static ErrorEvent error(Scan scan, Run run, ScanError error) {
    Subject subject =
        run.lastAttempt()
            .map(attempt -> Subject.of(scan.key()).run(run.provider(), attempt.number()))
            .orElseGet(() -> Subject.of(scan.key()).run(run.provider(), 1));
    boolean launched = run.lastAttempt().flatMap(attempt -> attempt.task()).isPresent();
    return new ErrorEvent(
        Severity.ERROR,
        error.code(),
        stage(error.code(), launched),
        subject,
        error.retryable(),
        error.message(),
        Optional.empty());
  }

  private static Stage stage(ErrorCode code, boolean launched) {
    return switch (code) {
      case REPORT_MISSING, REPORT_INVALID, REPORT_INCOMPLETE, REPORT_TOO_LARGE -> Stage.REPORT;
      default -> launched ? Stage.SUPERVISE : Stage.LAUNCH;
    };
  }

  private static Optional<ScanEvent.Type> runEvent(RunStatus before, Run run) {
    if (run.status() == before) {
      return Optional.empty();
    }
    return switch (run.status()) {
      case PENDING, LAUNCHING, COLLECTING -> Optional.empty();
      case PROVISIONING -> Optional.of(ScanEvent.Type.RUN_LAUNCHED);
      case RUNNING -> Optional.of(ScanEvent.Type.RUN_RUNNING);
      case SUCCEEDED, FAILED, TIMED_OUT, CANCELLED -> Optional.of(ScanEvent.Type.RUN_ENDED);
    };
  }

  private static RunStatus statusOf(Optional<Scan> scan, Run run) {
    return scan.flatMap(known -> find(known, run.provider()))
        .map(Run::status)
        .orElse(RunStatus.PENDING);
  }

  private static Optional<Run> find(Scan scan, ProviderId provider) {
    return scan.runs().stream().filter(run -> run.provider().equals(provider)).findFirst();
  }

  private static boolean ends(Optional<Scan> before, Scan after) {
    return after.status().ended() && before.map(scan -> !scan.status().ended()).orElse(true);
  }
}
