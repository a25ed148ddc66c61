package dev.mystical.scanner.app.command;

import dev.mystical.scanner.app.client.ApiClient;
import dev.mystical.scanner.app.client.ApiKey;
import dev.mystical.scanner.app.client.ClientTimes;
import dev.mystical.scanner.app.client.Pause;
import dev.mystical.scanner.app.client.Submission;
import dev.mystical.scanner.app.loop.MonotonicClock;
import dev.mystical.scanner.app.settings.Settings;
import dev.mystical.scanner.domain.intake.RequestDecoder;
import dev.mystical.scanner.domain.scan.ScanKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Makes what it takes to submit a request, over the one way or the other. */
final class SubmitWork {
  private static final String KEY_NAME = "SCANNER_API_KEY";

  private final Terminal terminal;
  private final Map<String, String> environment;
  private final boolean json;

  SubmitWork(Terminal terminal, Map<String, String> environment, boolean json) {
    this.terminal = terminal;
    this.environment = environment;
    this.json = json;
  }

  /** Needs no settings. */
  ExitCode overApi(Command.Submit command, Command.Remote remote) throws InterruptedException {
    Optional<ApiKey> key = remote.key().or(this::keyOfEnvironment);
    if (key.isPresent() && remote.address().open()) {
      terminal.say("the key and the request go over http, where others can read them");
    }
    ClientTimes times = ClientTimes.STANDARD;
    try (ApiClient api = ApiClient.open(remote.address(), key, times, InstantSource.system())) {
      Submission submission =
          Submission.over(api, times, new SecureRandom(), it -> terminal.say(Terminal.plain(it)));
      return new ApiSubmitCommand(terminal, submission, remote.address(), json)
          .run(command, remote.idempotencyKey(), waiting());
    }
  }

  ExitCode overQueue(
      Command.Submit command, Settings settings, RequestDecoder decoder, Outside outside)
      throws InterruptedException {
    SubmitCommand submit =
        new SubmitCommand(
            terminal, decoder, outside.sender(), CommandRunner.key(settings), new SecureRandom());
    if (!command.waiting()) {
      return submit.run(command.file(), json);
    }
    Optional<SubmitCommand.Sent> sent = submit.send(command.file(), json);
    if (sent.isEmpty()) {
      return ExitCode.USAGE;
    }
    ScanKey scan = sent.get().scan();
    terminal.say("waiting for scan " + scan.id());
    LedgerScan.Parts parts =
        new LedgerScan.Parts(
            outside.ledger(),
            new ScanNews(outside.outbox(), outside.progress()),
            outside.events(),
            outside.reports(),
            Path.of(System.getProperty("java.io.tmpdir")));
    return waiting()
        .run(
            new LedgerScan(scan, parts),
            settings.http().publicUrl().map(url -> url + "/v1/scans/" + scan.id() + "/report"));
  }

  private WaitCommand waiting() {
    InstantSource clock = new MonotonicClock(InstantSource.system().instant(), System::nanoTime);
    return new WaitCommand(
        terminal, json, new WaitCommand.Parts(ClientTimes.STANDARD, clock, Pause.SLEEP));
  }

  private Optional<ApiKey> keyOfEnvironment() {
    String value = environment.getOrDefault(KEY_NAME, "").strip();
    try {
      return value.isEmpty() ? Optional.empty() : Optional.of(new ApiKey(value));
    } catch (IllegalArgumentException e) {
      throw new UsageProblem(KEY_NAME + ": " + e.getMessage());
    }
  }
}
