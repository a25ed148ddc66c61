package dev.mystical.scanner.app.command;

import dev.mystical.scanner.domain.ledger.ScanChanges;
import dev.mystical.scanner.domain.ledger.ScanChanges.Wish;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.wire.ScanView;
import java.util.stream.Collectors;

/**
 * Ends a scan, or has it launched again, as a person wants it, and tells what became of that wish.
 */
final class ChangeCommand {
  private final Terminal terminal;
  private final ScanChanges changes;
  private final boolean json;

  ChangeCommand(Terminal terminal, ScanLedger ledger, boolean json) {
    this.terminal = terminal;
    this.changes = new ScanChanges(ledger);
    this.json = json;
  }

  ExitCode cancel(ScanKey key) throws InterruptedException {
    return change(key, Wish.CANCEL);
  }

  ExitCode retry(ScanKey key) throws InterruptedException {
    return change(key, Wish.RETRY);
  }

  private ExitCode change(ScanKey key, Wish wish) throws InterruptedException {
    return switch (changes.change(key, wish)) {
      case ScanChanges.Outcome.Changed(Scan scan) -> {
        tell(scan, wish);
        yield ExitCode.DONE;
      }
      case ScanChanges.Outcome.Absent() -> {
        terminal.say(StatusCommand.unknown(key));
        yield ExitCode.NO_SUCH_SCAN;
      }
      case ScanChanges.Outcome.Refused ignored -> {
        terminal.say(
            "scan %s was refused before it began, and cannot be %s"
                .formatted(key.id(), done(wish)));
        yield ExitCode.USAGE;
      }
      case ScanChanges.Outcome.Unfit(Scan scan) -> unfit(scan, wish);
      case ScanChanges.Outcome.Contended() -> {
        terminal.say("scan %s changes all the time; try again".formatted(key.id()));
        yield ExitCode.UNEXPECTED;
      }
    };
  }

  private ExitCode unfit(Scan scan, Wish wish) {
    if (wish == Wish.CANCEL && scan.status() == ScanStatus.CANCELLED) {
      if (json) {
        terminal.answer(ScanView.json(scan));
      } else {
        terminal.answer("scan %s was CANCELLED before".formatted(scan.key().id()));
      }
      return ExitCode.DONE;
    }
    terminal.say(
        "scan %s is %s, and cannot be %s".formatted(scan.key().id(), scan.status(), done(wish)));
    return ExitCode.USAGE;
  }

  private void tell(Scan scan, Wish wish) {
    if (json) {
      terminal.answer(ScanView.json(scan));
      return;
    }
    switch (wish) {
      case CANCEL -> {
        terminal.answer("scan %s is CANCELLED".formatted(scan.key().id()));
        long running = scan.runs().stream().filter(Run::watched).count();
        if (running > 0) {
          terminal.say(
              "the tasks of %d of its runs are being stopped; 'status %s' shows how far that is"
                  .formatted(running, scan.key().id()));
        }
      }
      case RETRY ->
          terminal.answer(
              "scan %s is launched again: %s"
                  .formatted(
                      scan.key().id(),
                      scan.runs().stream()
                          .filter(run -> run.status() != RunStatus.SUCCEEDED)
                          .map(Run::provider)
                          .map(ProviderId::value)
                          .collect(Collectors.joining(", "))));
    }
  }

  private static String done(Wish wish) {
    return switch (wish) {
      case CANCEL -> "cancelled";
      case RETRY -> "retried";
    };
  }
}
