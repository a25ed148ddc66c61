package dev.mystical.scanner.app.command;

import dev.mystical.scanner.app.client.FindingsTable;
import dev.mystical.scanner.domain.deliver.CallbackState;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.domain.report.Verdict;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.wire.ScanView;
import java.util.List;
import java.util.Locale;

/** Shows a scan as it stands in the ledger. */
final class StatusCommand {
  /** Looks a scan up. */
  @FunctionalInterface
  interface Scans {
    Found load(ScanKey key) throws InterruptedException;
  }

  private final Terminal terminal;
  private final Scans scans;
  private final ScanNews news;

  StatusCommand(Terminal terminal, Scans scans, ScanNews news) {
    this.terminal = terminal;
    this.scans = scans;
    this.news = news;
  }

  ExitCode run(ScanKey key, boolean json) throws InterruptedException {
    return switch (scans.load(key).entry()) {
      case Found.Absent() -> {
        terminal.say(unknown(key));
        yield ExitCode.NO_SUCH_SCAN;
      }
      case Found.Versioned(Scan scan, long version) -> {
        if (json) {
          terminal.answer(news.json(scan));
        } else {
          print(scan);
        }
        yield ExitCode.DONE;
      }
      case Found.Refused(RefusedScan scan) -> {
        if (json) {
          terminal.answer(ScanView.json(scan));
        } else {
          print(scan);
        }
        yield ExitCode.DONE;
      }
    };
  }

  static String unknown(ScanKey key) {
    return "there is no scan %s of tenant %s; one that was sent just now may not have been received"
            .formatted(key.id(), key.tenant())
        + " yet";
  }

  private void print(Scan scan) throws InterruptedException {
    Table head = head(scan.key(), scan.status());
    head.row(Terminal.Style.TITLE, "project", scan.request().project().key());
    head.row(Terminal.Style.TITLE, "created", scan.createdAt().toString());
    scan.startedAt().ifPresent(at -> head.row(Terminal.Style.TITLE, "started", at.toString()));
    scan.endedAt().ifPresent(at -> head.row(Terminal.Style.TITLE, "ended", at.toString()));
    scan.error().ifPresent(error -> head.row(Terminal.Style.TITLE, "error", text(error)));
    if (scan.status().ended()) {
      looked(scan.coverage(), scan.verdict(), head);
    }
    scan.findings()
        .ifPresent(it -> head.row(Terminal.Style.TITLE, "findings", FindingsTable.sum(it)));
    if (scan.request().callback().isPresent()) {
      head.row(
          Terminal.Style.TITLE,
          "callback",
          scan.request().callback().get()
              + news.callback(scan).map(StatusCommand::text).orElse(""));
    }
    head.print();
    terminal.answer("");
    print(scan.runs());
    new RunTables(scan, terminal).print(news.progress(scan.key()));
    AttemptTables.print(scan, terminal);
  }

  private void print(List<Run> all) {
    Table runs = new Table(terminal);
    runs.row(Terminal.Style.TITLE, "provider", "status", "attempts", "task or error");
    for (Run run : all) {
      runs.row(
          style(run.status()),
          run.provider().value() + (run.required() ? "" : " (optional)"),
          run.status().name(),
          Integer.toString(run.lastAttempt().map(Attempt::number).orElse(0)),
          run.error()
              .map(StatusCommand::text)
              .or(() -> run.lastAttempt().flatMap(Attempt::task).map(TaskArn::value))
              .orElse(""));
    }
    runs.print();
  }

  private void print(RefusedScan scan) {
    Table head = head(scan.key(), ScanStatus.FAILED);
    head.row(Terminal.Style.TITLE, "ended", scan.at().toString());
    head.row(Terminal.Style.TITLE, "error", text(scan.error()));
    looked(Coverage.NONE, Verdict.UNKNOWN, head);
    head.print();
  }

  private Table head(ScanKey key, ScanStatus status) {
    Table head = new Table(terminal);
    head.row(Terminal.Style.TITLE, "scan", key.id().value());
    head.row(Terminal.Style.TITLE, "tenant", key.tenant().value());
    head.row(Terminal.Style.TITLE, "status", status.name());
    return head;
  }

  private static void looked(Coverage coverage, Verdict verdict, Table to) {
    to.row(Terminal.Style.TITLE, "coverage", coverage.name().toLowerCase(Locale.ROOT));
    to.row(Terminal.Style.TITLE, "verdict", verdict.name());
  }

  private static String text(CallbackState callback) {
    return " (%s, %d %s)"
        .formatted(callback.status(), callback.tries(), callback.tries() == 1 ? "try" : "tries");
  }

  private static String text(ScanError error) {
    return "%s: %s".formatted(error.code(), error.message());
  }

  private static Terminal.Style style(RunStatus status) {
    return switch (status) {
      case PENDING, LAUNCHING, PROVISIONING, RUNNING, COLLECTING -> Terminal.Style.DOUBTFUL;
      case SUCCEEDED -> Terminal.Style.GOOD;
      case FAILED, TIMED_OUT, CANCELLED -> Terminal.Style.BAD;
    };
  }
}
