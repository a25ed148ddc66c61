package dev.mystical.scanner.app.command;

import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Severity;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.live.EntryLog;
import dev.mystical.scanner.domain.live.Streamed;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.wire.ErrorDocument;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows the error feed, a line an error; what was there before, and what comes. */
final class ErrorsCommand {
  private static final int NEWEST = 50;
  private static final int PAGE = 500;

  private final Terminal terminal;
  private final EntryLog<ErrorEntry> log;
  private final boolean json;

  ErrorsCommand(Terminal terminal, EntryLog<ErrorEntry> log, boolean json) {
    this.terminal = terminal;
    this.log = log;
    this.json = json;
  }

  ExitCode run(Command.Errors command, Instant now) throws InterruptedException {
    // Asked first, so that what comes meanwhile is followed, not lost.
    String end = log.end();
    String last =
        command.since().isPresent()
            ? since(command.since().get().instant(now), command.code(), end)
            : newest(command.code(), end);
    if (command.follow()) {
      log.follow(last, entry -> show(entry, command.code()));
    }
    return ExitCode.DONE;
  }

  private String newest(Optional<ErrorCode> code, String end) throws InterruptedException {
    List<Streamed<ErrorEntry>> entries = log.newest(NEWEST).reversed();
    entries.forEach(entry -> show(entry, code));
    return entries.isEmpty() ? end : entries.getLast().id();
  }

  private String since(Instant moment, Optional<ErrorCode> code, String end)
      throws InterruptedException {
    List<Streamed<ErrorEntry>> page = log.since(moment, PAGE);
    String last = end;
    while (!page.isEmpty()) {
      page.forEach(entry -> show(entry, code));
      last = page.getLast().id();
      page = log.after(last, PAGE);
    }
    return last;
  }

  private void show(Streamed<ErrorEntry> streamed, Optional<ErrorCode> code) {
    ErrorEntry entry = streamed.value();
    if (code.isEmpty() || code.get() == entry.event().code()) {
      terminal.answer(json ? ErrorDocument.json(entry) : line(entry));
    }
  }

  private String line(ErrorEntry entry) {
    ErrorEvent event = entry.event();
    String subject = subject(event.subject());
    return "%s %s %s %s  %s%s%s%s"
        .formatted(
            entry.time(),
            terminal.styled(style(event.severity()), "%-5s".formatted(event.severity())),
            "%-18s".formatted(event.code()),
            "%-9s".formatted(event.stage().name().toLowerCase(Locale.ROOT)),
            subject.isEmpty() ? "" : subject + "  ",
            Terminal.plain(event.message()),
            entry.count() > 1 ? " (%d times)".formatted(entry.count()) : "",
            entry.replayed() ? " (replayed)" : "");
  }

  private static String subject(Subject subject) {
    return Stream.of(
            subject.scan().map(Object::toString),
            subject.provider().map(Object::toString),
            subject.attempt().map(number -> "#" + number),
            subject.scan().isEmpty()
                ? subject.message().map(id -> "message " + id)
                : Optional.<String>empty())
        .flatMap(Optional::stream)
        .collect(Collectors.joining(" "));
  }

  private static Terminal.Style style(Severity severity) {
    return switch (severity) {
      case WARN -> Terminal.Style.DOUBTFUL;
      case ERROR, FATAL -> Terminal.Style.BAD;
    };
  }
}
