package dev.mystical.scanner.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.app.settings.Secret;
import dev.mystical.scanner.app.settings.Settings;
import dev.mystical.scanner.app.settings.SettingsProblems;
import dev.mystical.scanner.app.settings.SettingsSources;
import dev.mystical.scanner.domain.deadletter.Redrive;
import dev.mystical.scanner.domain.intake.RequestDecoder;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.queue.DeadLetterBox;
import dev.mystical.scanner.domain.queue.QueueUnavailable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries out command lines. */
public final class CommandRunner {
  private static final Duration CHECK_PATIENCE = Duration.ofSeconds(20);

  /** What the composition root knows how to make. */
  public interface Parts {
    /** Runs the server until it is told to stop; answers the exit code. */
    int serve(Settings settings) throws InterruptedException;

    /** What commands reach; connects to nothing yet. */
    Outside outside(Settings settings);

    /** Reads requests as the server does. */
    RequestDecoder decoder(Settings settings);
  }

  private final Terminal terminal;
  private final Map<String, String> environment;
  private final Path folder;
  private final InstantSource clock;
  private final Parts parts;

  /**
   * A runner for one process.
   *
   * @param folder the working directory
   */
  public CommandRunner(
      Terminal terminal,
      Map<String, String> environment,
      Path folder,
      InstantSource clock,
      Parts parts) {
    this.terminal = terminal;
    this.environment = Map.copyOf(environment);
    this.folder = folder;
    this.clock = clock;
    this.parts = parts;
  }

  /** Carries out a command line, and answers the exit code. What it throws is a bug. */
  public int run(List<String> arguments) throws InterruptedException {
    boolean json = arguments.contains("--json");
    try {
      return run(CommandLineParser.parse(arguments));
    } catch (UsageProblem e) {
      terminal.say(Terminal.plain(String.valueOf(e.getMessage())));
      terminal.say("'help' shows how this program is used");
      return ExitCode.USAGE.number();
    } catch (SettingsProblems e) {
      tell(e, json);
      return ExitCode.USAGE.number();
    } catch (LedgerUnavailable e) {
      terminal.say("Redis cannot be used: " + e.getMessage());
      return ExitCode.UNEXPECTED.number();
    } catch (QueueUnavailable e) {
      terminal.say("the queue cannot be used: " + e.getMessage());
      return ExitCode.UNEXPECTED.number();
    } catch (OutputClosed e) {
      return ExitCode.DONE.number();
    }
  }

  private int run(CommandLine line) throws InterruptedException {
    return switch (line.command()) {
      case Command.Serve() -> parts.serve(settings(line));
      case Command.Check() -> check(line).number();
      case Command.Submit submit -> submit(line, submit);
      case Command.Status(var scan) ->
          outside(
              line,
              (settings, outside) ->
                  new StatusCommand(terminal, outside.ledger()::load, news(outside))
                      .run(scan, line.json()));
      case Command.Cancel(var scan) ->
          outside(line, (settings, outside) -> changes(outside, line).cancel(scan));
      case Command.Retry(var scan) ->
          outside(line, (settings, outside) -> changes(outside, line).retry(scan));
      case Command.Redrive redrive ->
          outside(line, (settings, outside) -> redrive(settings, outside, redrive, line.json()));
      case Command.Errors errors ->
          outside(
              line,
              (settings, outside) ->
                  new ErrorsCommand(terminal, outside.errors(), line.json())
                      .run(errors, clock.instant()));
      case Command.Version() -> VersionCommand.run(terminal, line.json()).number();
      case Command.Help() -> {
        terminal.answer(HelpText.ALL);
        yield ExitCode.DONE.number();
      }
    };
  }

  /** Something that needs the settings and what they name. */
  @FunctionalInterface
  private interface Work {
    ExitCode with(Settings settings, Outside outside) throws InterruptedException;
  }

  private int outside(CommandLine line, Work work) throws InterruptedException {
    Settings settings = settings(line);
    settings.warnings().forEach(terminal::say);
    try (Outside outside = parts.outside(settings)) {
      return work.with(settings, outside).number();
    }
  }

  private ChangeCommand changes(Outside outside, CommandLine line) {
    return new ChangeCommand(terminal, outside.ledger(), line.json());
  }

  private ExitCode redrive(
      Settings settings, Outside outside, Command.Redrive command, boolean json)
      throws InterruptedException {
    Optional<DeadLetterBox> box = outside.deadLetters();
    if (box.isEmpty()) {
      terminal.say(
          "no dead letters are known: give the queue a redrive policy, or set"
              + " DEAD_LETTER_QUEUE_URL");
      return ExitCode.USAGE;
    }
    RedriveWork.Parts work =
        new RedriveWork.Parts(
            new Redrive(settings.reports().retention()),
            box.get(),
            outside.sender(),
            key(settings),
            outside.ledger());
    return new RedriveCommand(terminal, parts.decoder(settings), work, json).run(command);
  }

  static Optional<TokenKey> key(Settings settings) {
    return settings.api().tokenKey().map(Secret::value).map(TokenKey::new);
  }

  private static ScanNews news(Outside outside) {
    return new ScanNews(outside.outbox(), outside.progress());
  }

  private int submit(CommandLine line, Command.Submit command) throws InterruptedException {
    SubmitWork work = new SubmitWork(terminal, environment, line.json());
    return command.api().isPresent()
        ? work.overApi(command, command.api().get()).number()
        : outside(
            line,
            (settings, outside) ->
                work.overQueue(command, settings, parts.decoder(settings), outside));
  }

  private ExitCode check(CommandLine line) throws InterruptedException {
    CheckCommand check = new CheckCommand(terminal, CHECK_PATIENCE);
    Settings settings;
    try {
      settings = settings(line);
    } catch (SettingsProblems e) {
      return check.run(CheckCommand.findings(e), List.of(), line.json());
    }
    try (Outside outside = parts.outside(settings)) {
      return check.run(CheckCommand.findings(settings), outside.probes(), line.json());
    }
  }

  private Settings settings(CommandLine line) {
    return Settings.from(
        new SettingsSources(line.flags(), environment, folder, line.envFile(), line.configFile()));
  }

  private void tell(SettingsProblems problems, boolean json) {
    if (!json) {
      terminal.say(String.valueOf(problems.getMessage()));
      return;
    }
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ArrayNode list = document.putArray("problems");
    problems
        .problems()
        .forEach(it ->
            list.addObject()
                .put("name", it.name())
                .put("value", it.value())
                .put("rule", it.rule()));
    terminal.answer(document.toString());
  }
}
