package dev.mystical.scanner.app.command;

import dev.mystical.scanner.domain.ledger.Found;
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

/** Shows a scan as it stands in the ledger. */
final class StatusCommand {
  /** Looks a scan up. */
  @FunctionalInterface
  interface Scans {
    Found load(ScanKey key) throws InterruptedException;
  }

  private final Terminal terminal;
  private final Scans scans;

  StatusCommand(Terminal terminal, Scans scans) {
    this.terminal = terminal;
    this.scans = scans;
  }

  ExitCode run(ScanKey key, boolean json) throws InterruptedException {
    return switch (scans.load(key).entry()) {
      case Found.Absent() -> {
        terminal.say(unknown(key));
        yield ExitCode.NO_SUCH_SCAN;
      }
      case Found.Versioned(Scan scan, long version) -> {
        if (json) {
          terminal.answer(ScanView.json(scan));
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

  private void print(Scan scan) {
    Table head = head(scan.key(), scan.status());
    head.row(Terminal.Style.TITLE, "project", scan.request().project().key());
    head.row(Terminal.Style.TITLE, "created", scan.createdAt().toString());
    scan.startedAt().ifPresent(at -> head.row(Terminal.Style.TITLE, "started", at.toString()));
    scan.endedAt().ifPresent(at -> head.row(Terminal.Style.TITLE, "ended", at.toString()));
    scan.error().ifPresent(error -> head.row(Terminal.Style.TITLE, "error", text(error)));
    head.print();
    terminal.answer("");
    Table runs = new Table(terminal);
    runs.row(Terminal.Style.TITLE, "provider", "status", "attempts", "task or error");
    for (Run run : scan.runs()) {
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
    AttemptTables.print(scan, terminal);
  }

  private void print(RefusedScan scan) {
    Table head = head(scan.key(), ScanStatus.FAILED);
    head.row(Terminal.Style.TITLE, "ended", scan.at().toString());
    head.row(Terminal.Style.TITLE, "error", text(scan.error()));
    head.print();
  }

  private Table head(ScanKey key, ScanStatus status) {
    Table head = new Table(terminal);
    head.row(Terminal.Style.TITLE, "scan", key.id().value());
    head.row(Terminal.Style.TITLE, "tenant", key.tenant().value());
    head.row(Terminal.Style.TITLE, "status", status.name());
    return head;
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
