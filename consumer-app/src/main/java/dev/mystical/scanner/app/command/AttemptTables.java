package dev.mystical.scanner.app.command;

import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.Stop;
import dev.mystical.scanner.domain.scan.StopReason;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.TaskEnd;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Shows what became of each task of a scan; what is long has a table of its own. */
final class AttemptTables {
  private static final String UNKNOWN = "-";

  /** An attempt and what it is called. */
  private record Named(String name, Attempt attempt) {}

  private AttemptTables() {}

  static void print(Scan scan, Terminal terminal) {
    List<Named> attempts = scan.runs().stream().flatMap(run -> named(run).stream()).toList();
    if (attempts.isEmpty()) {
      return;
    }
    terminal.answer("");
    Table courses = new Table(terminal);
    courses.row(
        Terminal.Style.TITLE, "attempt", "started", "stopped", "exit", "stop code", "reason");
    attempts.forEach(it -> courses.row(style(it.attempt()), cells(it)));
    courses.print();
    terminal.answer("");
    Table places = new Table(terminal);
    places.row(Terminal.Style.TITLE, "attempt", "task", "log");
    for (Named it : attempts) {
      places.row(
          style(it.attempt()),
          it.name(),
          it.attempt().task().map(TaskArn::value).orElse(UNKNOWN),
          it.attempt().course().end().flatMap(TaskEnd::logUrl).orElse(UNKNOWN));
    }
    places.print();
  }

  private static List<Named> named(Run run) {
    return run.attempts().stream()
        .map(attempt -> new Named("%s #%d".formatted(run.provider(), attempt.number()), attempt))
        .toList();
  }

  private static String[] cells(Named named) {
    Attempt attempt = named.attempt();
    Optional<TaskEnd> end = attempt.course().end();
    return new String[] {
      named.name(),
      attempt.course().runningAt().map(Instant::toString).orElse(UNKNOWN),
      end.flatMap(TaskEnd::stoppedAt).map(Instant::toString).orElse(UNKNOWN),
      end.flatMap(TaskEnd::exitCode).map(String::valueOf).orElse(UNKNOWN),
      end.flatMap(TaskEnd::stopCode).orElse(UNKNOWN),
      reason(attempt)
    };
  }

  /** Why it ended, or that it is to end. */
  private static String reason(Attempt attempt) {
    Optional<Stop> stop = attempt.course().stop().filter(wanted -> !attempt.over());
    return stop.map(AttemptTables::pending)
        .or(() -> attempt.course().end().flatMap(TaskEnd::reason))
        .or(() -> attempt.course().failure().map(Enum::name))
        .orElse("");
  }

  private static String pending(Stop stop) {
    String asked =
        switch (stop.tries()) {
          case 0 -> "ECS is not asked yet";
          case 1 -> "ECS was asked once";
          default -> "ECS was asked %d times".formatted(stop.tries());
        };
    return "being stopped (%s) since %s; %s".formatted(words(stop.reason()), stop.since(), asked);
  }

  private static String words(StopReason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Terminal.Style style(Attempt attempt) {
    if (!attempt.over()) {
      return Terminal.Style.DOUBTFUL;
    }
    boolean well =
        attempt.course().end().flatMap(TaskEnd::exitCode).filter(code -> code == 0).isPresent();
    return well ? Terminal.Style.GOOD : Terminal.Style.BAD;
  }
}
