package dev.mystical.scanner.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.app.settings.SettingProblem;
import dev.mystical.scanner.app.settings.Settings;
import dev.mystical.scanner.app.settings.SettingsProblems;
import dev.mystical.scanner.domain.check.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Looks at everything that the settings name, all at the same time, and tells what it found. One
 * thing's trouble keeps no other from being looked at.
 */
final class CheckCommand {
  private static final String SETTINGS = "settings";

  private final Terminal terminal;
  private final Duration patience;

  /** With the longest time for all of it. */
  CheckCommand(Terminal terminal, Duration patience) {
    this.terminal = terminal;
    this.patience = patience;
  }

  /** What the settings themselves are like, where they can be used. */
  static List<Finding> findings(Settings settings) {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        new Finding.Ok(
            SETTINGS,
            "are complete; providers: "
                + settings.providers().stream()
                    .map(provider -> provider.id().value())
                    .collect(Collectors.joining(", "))));
    settings.warnings().forEach(text -> findings.add(new Finding.Warning(SETTINGS, text)));
    return findings;
  }

  static List<Finding> findings(SettingsProblems problems) {
    return problems.problems().stream()
        .map(SettingProblem::toString)
        .<Finding>map(text -> new Finding.Failure(SETTINGS, text))
        .toList();
  }

  ExitCode run(List<Finding> ofSettings, List<Probe> probes, boolean json)
      throws InterruptedException {
    List<Finding> findings = new ArrayList<>(ofSettings);
    findings.addAll(looked(probes));
    boolean failed = findings.stream().anyMatch(Finding.Failure.class::isInstance);
    if (json) {
      terminal.answer(document(findings, !failed));
    } else {
      print(findings);
    }
    return failed ? ExitCode.CHECK_FAILED : ExitCode.DONE;
  }

  private List<Finding> looked(List<Probe> probes) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("check-", 0).factory());
    try {
      List<Future<List<Finding>>> looks = new ArrayList<>();
      for (Probe probe : probes) {
        looks.add(threads.submit(() -> probe.look().run()));
      }
      List<Finding> findings = new ArrayList<>();
      for (int i = 0; i < probes.size(); i++) {
        findings.addAll(found(probes.get(i).name(), looks.get(i), deadline - System.nanoTime()));
      }
      return findings;
    } finally {
      // Not awaited: what does not answer may not notice either.
      threads.shutdownNow();
    }
  }

  private List<Finding> found(String name, Future<List<Finding>> look, long nanos)
      throws InterruptedException {
    try {
      return look.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      String sentence = "has not answered within %d s".formatted(patience.toSeconds());
      return List.of(new Finding.Failure(name, sentence));
    } catch (ExecutionException e) {
      return List.of(new Finding.Failure(name, "could not be looked at: " + e.getCause()));
    }
  }

  private void print(List<Finding> findings) {
    Table table = new Table(terminal);
    for (Finding finding : findings) {
      switch (finding) {
        case Finding.Ok(String name, String sentence) ->
            table.row(Terminal.Style.GOOD, "ok", name, sentence);
        case Finding.Warning(String name, String sentence) ->
            table.row(Terminal.Style.DOUBTFUL, "warning", name, sentence);
        case Finding.Failure(String name, String sentence) ->
            table.row(Terminal.Style.BAD, "FAILED", name, sentence);
      }
    }
    table.print();
  }

  private static String document(List<Finding> findings, boolean good) {
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("ok", good);
    ArrayNode list = document.putArray("findings");
    for (Finding finding : findings) {
      list.addObject()
          .put("name", finding.name())
          .put(
              "status",
              switch (finding) {
                case Finding.Ok ok -> "ok";
                case Finding.Warning warning -> "warning";
                case Finding.Failure failure -> "failed";
              })
          .put("detail", finding.sentence());
    }
    return document.toString();
  }
}
