package dev.mystical.scanner.app.command;

import dev.mystical.scanner.app.client.FindingsTable;
import dev.mystical.scanner.domain.collect.Progress;
import dev.mystical.scanner.domain.report.StoredReport;
import dev.mystical.scanner.domain.report.Verdict;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.Scan;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Shows how far runs say they are, and what their reports come to. */
final class RunTables {
  private final Scan scan;
  private final Terminal terminal;

  RunTables(Scan scan, Terminal terminal) {
    this.scan = scan;
    this.terminal = terminal;
  }

  void print(Map<ProviderId, Progress> progress) {
    Table table = new Table(terminal);
    table.row(Terminal.Style.TITLE, "progress", "percent", "phase", "at", "message");
    boolean any = false;
    for (Run run : scan.runs()) {
      Optional<Progress> said =
          Optional.ofNullable(progress.get(run.provider())).filter(it -> !run.status().ended());
      said.ifPresent(it -> row(run, it, table));
      any |= said.isPresent();
    }
    if (any) {
      terminal.answer("");
      table.print();
    }
    reports();
  }

  private static void row(Run run, Progress said, Table table) {
    table.row(
        Terminal.Style.DOUBTFUL,
        run.provider().value(),
        said.percent().map(String::valueOf).orElse("-"),
        said.phase().orElse("-"),
        said.at().toString(),
        said.message().orElse(""));
  }

  private void reports() {
    List<Run> reported = scan.runs().stream().filter(run -> run.report().isPresent()).toList();
    if (reported.isEmpty()) {
      return;
    }
    terminal.answer("");
    Table table = new Table(terminal);
    table.row(Terminal.Style.TITLE, "report", "verdict", "coverage", "format", "bytes", "findings");
    for (Run run : reported) {
      run.report().ifPresent(report -> row(run, report, table));
    }
    table.print();
  }

  private void row(Run run, StoredReport report, Table table) {
    Verdict verdict = run.verdict(scan.request().failOn());
    table.row(
        switch (verdict) {
          case PASS -> Terminal.Style.GOOD;
          case FAIL -> Terminal.Style.BAD;
          case UNKNOWN -> Terminal.Style.DOUBTFUL;
        },
        run.provider().value(),
        verdict.name(),
        run.coverage().name().toLowerCase(Locale.ROOT),
        report.format(),
        Long.toString(report.bytes()),
        FindingsTable.sum(report.summary().counts()));
  }
}
