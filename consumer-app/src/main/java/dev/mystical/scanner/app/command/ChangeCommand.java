package dev.mystical.scanner.app.command;

import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.wire.ScanView;
import java.time.Instant;
import java.util.stream.Collectors;

/**
 * Ends a scan, or has it launched again, as a person wants it. It writes that into the ledger and
 * nothing more: what is written there the supervisors carry out.
 */
final class ChangeCommand {
  /** A scan that workers write all the time lets somebody else in after a few tries. */
  private static final int TRIES = 50;

  /** What a person wants. */
  private enum Wish {
    CANCEL("cancelled"),
    RETRY("retried");

    private final String done;

    Wish(String done) {
      this.done = done;
    }

    /** Whether a scan that is so far can be changed so. */
    boolean fits(ScanStatus status) {
      return switch (this) {
        case CANCEL -> !status.ended();
        case RETRY -> status.ended() && status != ScanStatus.SUCCEEDED;
      };
    }

    Scan of(Scan scan, Instant now) {
      return switch (this) {
        case CANCEL -> scan.cancelled(now);
        case RETRY -> scan.retried(now);
      };
    }
  }

  private final Terminal terminal;
  private final ScanLedger ledger;
  private final boolean json;

  ChangeCommand(Terminal terminal, ScanLedger ledger, boolean json) {
    this.terminal = terminal;
    this.ledger = ledger;
    this.json = json;
  }

  ExitCode cancel(ScanKey key) throws InterruptedException {
    return change(key, Wish.CANCEL);
  }

  ExitCode retry(ScanKey key) throws InterruptedException {
    return change(key, Wish.RETRY);
  }

  private ExitCode change(ScanKey key, Wish wish) throws InterruptedException {
    for (int tries = 0; tries < TRIES; tries++) {
      Found found = ledger.load(key);
      switch (found.entry()) {
        case Found.Absent() -> {
          terminal.say(StatusCommand.unknown(key));
          return ExitCode.NO_SUCH_SCAN;
        }
        case Found.Refused refused -> {
          terminal.say(
              "scan %s was refused before it began, and cannot be %s"
                  .formatted(key.id(), wish.done));
          return ExitCode.USAGE;
        }
        case Found.Versioned known when !wish.fits(known.scan().status()) -> {
          return unfit(known.scan(), wish);
        }
        case Found.Versioned known -> {
          Scan after = wish.of(known.scan(), found.now());
          if (ledger.commit(Commit.of(known, after, found.now()))
              instanceof CommitResult.Committed) {
            tell(after, wish);
            return ExitCode.DONE;
          }
          // Somebody else wrote first.
        }
      }
    }
    terminal.say("scan %s changes all the time; try again".formatted(key.id()));
    return ExitCode.UNEXPECTED;
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
        "scan %s is %s, and cannot be %s".formatted(scan.key().id(), scan.status(), wish.done));
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
}
