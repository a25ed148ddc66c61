package dev.mystical.scanner.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.app.settings.Settings;
import dev.mystical.scanner.domain.check.Finding;
import dev.mystical.scanner.domain.collect.ProgressBoard;
import dev.mystical.scanner.domain.collect.ReportStore;
import dev.mystical.scanner.domain.deliver.Outbox;
import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.intake.Decoded;
import dev.mystical.scanner.domain.intake.RequestDecoder;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.live.EntryLog;
import dev.mystical.scanner.domain.live.StateChange;
import dev.mystical.scanner.domain.queue.DeadLetterBox;
import dev.mystical.scanner.domain.queue.MessageSender;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandRunnerTest {
  private static final Map<String, String> COMPLETE =
      Map.of(
          "CONSUMER_QUEUE_URL", "https://sqs.us-east-1.amazonaws.com/1/scans",
          "CLUSTER_NAME", "scans",
          "TASK_DEFINITION_SONAR", "sonar-task",
          "CONTAINER_SONAR", "sonar",
          "REDIS_URL", "redis://localhost");

  @TempDir private Path folder;

  private final RecordingTerminal recording = RecordingTerminal.plain();
  private final ScriptedParts parts = new ScriptedParts();

  /** A server that ends at once, and an outside whose Redis is away. */
  private static final class ScriptedParts implements CommandRunner.Parts, Outside {
    private int served;
    private int open;

    @Override
    public int serve(Settings settings) {
      served++;
      return 0;
    }

    @Override
    public Outside outside(Settings settings) {
      open++;
      return this;
    }

    @Override
    public RequestDecoder decoder(Settings settings) {
      return document -> new Decoded.Invalid(List.of(), Optional.empty(), Optional.empty());
    }

    @Override
    public List<Probe> probes() {
      return List.of(new Probe("queue", () -> List.of(new Finding.Ok("queue", "exists"))));
    }

    @Override
    public MessageSender sender() {
      throw new AssertionError("nothing is sent");
    }

    @Override
    public ScanLedger ledger() {
      throw new LedgerUnavailable("connection refused", new IOException());
    }

    @Override
    public Optional<DeadLetterBox> deadLetters() {
      return Optional.empty();
    }

    @Override
    public EntryLog<ErrorEntry> errors() {
      throw new LedgerUnavailable("connection refused", new IOException());
    }

    @Override
    public EntryLog<StateChange> events() {
      throw new LedgerUnavailable("connection refused", new IOException());
    }

    @Override
    public Outbox outbox() {
      throw new LedgerUnavailable("connection refused", new IOException());
    }

    @Override
    public Optional<ProgressBoard> progress() {
      return Optional.empty();
    }

    @Override
    public Optional<ReportStore> reports() {
      return Optional.empty();
    }

    @Override
    public void close() {
      open--;
    }
  }

  @Test
  void withoutACommandTheServerRuns() throws InterruptedException {
    assertThat(run(COMPLETE)).isZero();
    assertThat(parts.served).isOne();
  }

  @Test
  void unusableSettingsAreToldAndNothingRuns() throws InterruptedException {
    assertThat(run(Map.of())).isEqualTo(2);
    assertThat(recording.said()).contains("REDIS_URL: must be set");
    assertThat(parts.served).isZero();
    assertThat(run(Map.of(), "errors", "--json")).isEqualTo(2);
    assertThat(recording.answered())
        .startsWith("{\"problems\":[{\"name\":")
        .contains("{\"name\":\"REDIS_URL\",\"value\":\"\",\"rule\":\"must be set\"}");
  }

  @Test
  void aFlagIsASetting() throws InterruptedException {
    assertThat(run(COMPLETE, "--set", "HTTP_PORT=none")).isEqualTo(2);
    assertThat(recording.said()).contains("HTTP_PORT = none: ");
  }

  @Test
  void unusableSettingsAreAFailedCheck() throws InterruptedException {
    assertThat(run(Map.of(), "check")).isEqualTo(3);
    assertThat(recording.answered()).contains("FAILED  settings  REDIS_URL: must be set");
  }

  @Test
  void aCheckLooksAtEverything() throws InterruptedException {
    assertThat(run(COMPLETE, "check")).isZero();
    assertThat(recording.answered())
        .isEqualTo(
            """
            ok  settings  are complete; providers: sonar
            ok  queue     exists
            """);
    assertThat(parts.open).isZero();
  }

  @Test
  void aWrongCommandLineIsAnsweredWithAHint() throws InterruptedException {
    assertThat(run(COMPLETE, "frobnicate")).isEqualTo(2);
    assertThat(recording.said())
        .contains("unknown command frobnicate", "'help' shows how this program is used");
    assertThat(recording.answered()).isEmpty();
  }

  @Test
  void whatIsAwayIsSaidInALineAndEverythingIsClosed() throws InterruptedException {
    assertThat(run(COMPLETE, "status", "s1")).isOne();
    assertThat(recording.said()).isEqualTo("Redis cannot be used: connection refused\n");
    assertThat(parts.open).isZero();
  }

  @Test
  void aScanIsChangedInTheLedger() throws InterruptedException {
    assertThat(run(COMPLETE, "cancel", "s1")).isOne();
    assertThat(run(COMPLETE, "retry", "s1")).isOne();
    assertThat(recording.said()).contains("Redis cannot be used: connection refused\n");
    assertThat(parts.open).isZero();
  }

  @Test
  void withoutAPlaceForDeadLettersThereIsNothingToSendBack() throws InterruptedException {
    assertThat(run(COMPLETE, "redrive")).isEqualTo(2);
    assertThat(recording.said())
        .startsWith("no dead letters are known: ")
        .contains("DEAD_LETTER_QUEUE_URL");
    assertThat(parts.open).isZero();
  }

  @Test
  void aKeyOfTheEnvironmentThatCannotBeOneIsSaidWithoutShowingIt() throws InterruptedException {
    assertThat(
            run(Map.of("SCANNER_API_KEY", "hunter2 2"), "submit", "f", "--api", "http://127.0.0.1"))
        .isEqualTo(2);
    assertThat(recording.said())
        .contains("SCANNER_API_KEY: the key must be 1 to 512 printable ASCII characters")
        .doesNotContain("hunter2");
  }

  @Test
  void helpAndVersionNeedNoSettings() throws InterruptedException {
    assertThat(run(Map.of(), "help")).isZero();
    assertThat(recording.answered()).contains("usage: ", "submit FILE|-");
    assertThat(run(Map.of(), "version", "--json")).isZero();
    assertThat(recording.answered()).contains("{\"version\":\"", "\"java\":\"");
  }

  @Test
  void helpNamesWhatThereIs() throws InterruptedException {
    run(Map.of(), "--help");
    assertThat(recording.answered())
        .contains("cancel ID", "retry ID", "redrive [ID...]", "--dry-run")
        .contains("--api URL", "--key K", "SCANNER_API_KEY", "--idempotency-key I", "--wait")
        .contains("5 the scan did not succeed", "6 its verdict is FAIL");
  }

  private int run(Map<String, String> environment, String... arguments)
      throws InterruptedException {
    return new CommandRunner(
            recording.terminal(), environment, folder, InstantSource.system(), parts)
        .run(List.of(arguments));
  }
}
