package dev.mystical.scanner.app.command;

import dev.mystical.scanner.app.client.ClientTimes;
import dev.mystical.scanner.app.client.FindingsTable;
import dev.mystical.scanner.app.client.Following;
import dev.mystical.scanner.app.client.Following.Outcome;
import dev.mystical.scanner.app.client.Pause;
import dev.mystical.scanner.app.client.ProgressLines;
import dev.mystical.scanner.app.client.ScanState;
import dev.mystical.scanner.app.client.WatchedScan;
import dev.mystical.scanner.app.client.WatchedScan.Found;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.wire.report.Findings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Follows a scan to its end, shows how far it is, and tells what came of it. */
final class WaitCommand {
  private static final int MOST_FINDINGS = 20;

  private final Terminal terminal;
  private final boolean json;
  private final Parts parts;
  private final LiveLines live;

  /** How it waits. */
  record Parts(ClientTimes times, InstantSource clock, Pause pause) {}

  WaitCommand(Terminal terminal, boolean json, Parts parts) {
    this.terminal = terminal;
    this.json = json;
    this.parts = parts;
    this.live = new LiveLines(terminal, !json);
  }

  /**
   * Blocks until the scan has ended.
   *
   * @param reportUrl where its report is, if anywhere
   */
  ExitCode run(WatchedScan scan, Optional<String> reportUrl) throws InterruptedException {
    Following following =
        new Following(parts.times(), parts.clock(), parts.pause(), new Progress());
    return switch (following.run(scan)) {
      case Outcome.Ended(ScanState state) -> {
        if (json) {
          terminal.answer(state.document().toString());
        } else {
          tell(state, scan, reportUrl);
        }
        yield exitCode(state);
      }
      case Outcome.Gone() -> {
        live.say("the scan is not there any more");
        yield ExitCode.NO_SUCH_SCAN;
      }
      case Outcome.LostSight(String why) -> {
        live.say(why);
        live.say("the scan goes on without being followed");
        yield ExitCode.UNEXPECTED;
      }
      case Outcome.Denied(String why) -> {
        live.say(why);
        yield ExitCode.USAGE;
      }
    };
  }

  /** What was found weighs more than whether all of the work was done. */
  private static ExitCode exitCode(ScanState state) {
    if (state.failed()) {
      return ExitCode.VERDICT_FAIL;
    }
    return state.status() == ScanStatus.SUCCEEDED ? ExitCode.DONE : ExitCode.SCAN_NOT_SUCCEEDED;
  }

  private void tell(ScanState state, WatchedScan scan, Optional<String> reportUrl)
      throws InterruptedException {
    Table head = new Table(terminal);
    head.row(Terminal.Style.TITLE, "scan", state.id());
    head.row(Terminal.Style.TITLE, "status", state.status().name());
    state.error().ifPresent(it -> head.row(Terminal.Style.TITLE, "error", it));
    state.coverage().ifPresent(it -> head.row(Terminal.Style.TITLE, "coverage", it));
    state.verdict().ifPresent(it -> head.row(Terminal.Style.TITLE, "verdict", it));
    state
        .summary()
        .ifPresent(it -> head.row(Terminal.Style.TITLE, "findings", FindingsTable.sum(it)));
    if (state.summary().isPresent()) {
      reportUrl.ifPresent(it -> head.row(Terminal.Style.TITLE, "report", it));
    }
    head.print();
    if (state.summary().filter(it -> it.total() > 0).isPresent()) {
      tell(scan.findings(MOST_FINDINGS));
    }
  }

  private void tell(Found found) {
    switch (found) {
      case Found.Listed(Findings findings) -> {
        terminal.answer("");
        new FindingsTable(terminal.looks().colours()).lines(findings).forEach(terminal::answer);
        if (findings.further() > 0) {
          terminal.answer("and %d more in the report".formatted(findings.further()));
        }
      }
      case Found.NoReport() -> terminal.say("the report is not kept here");
      case Found.Unreadable(String why) -> terminal.say(Terminal.plain(why));
    }
  }

  /** Draws what is seen. */
  private final class Progress implements Following.Watcher {
    @Override
    public void seen(ScanState scan) {
      List<String> lines = new ArrayList<>();
      lines.add("scan %s  %s".formatted(scan.id(), scan.status()));
      lines.addAll(live.inPlace() ? ProgressLines.of(scan) : ProgressLines.coarse(scan));
      live.show(lines);
    }

    @Override
    public void absent() {
      live.say("no consumer has received the scan yet; waiting for one");
    }

    @Override
    public void unanswered(String why) {
      live.say(why + "; still trying");
    }
  }
}
