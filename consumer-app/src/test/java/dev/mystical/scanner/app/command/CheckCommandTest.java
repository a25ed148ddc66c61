package dev.mystical.scanner.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.check.Finding;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CheckCommandTest {
  private static final List<Finding> SETTINGS = List.of(new Finding.Ok("settings", "are complete"));
  private static final Probe GOOD =
      new Probe("queue", () -> List.of(new Finding.Ok("queue", "exists")));
  private static final Probe DOUBTFUL =
      new Probe("queue", () -> List.of(new Finding.Warning("redrive policy", "is missing")));
  private static final Probe BAD =
      new Probe("Redis", () -> List.of(new Finding.Failure("Redis", "does not answer")));

  private final RecordingTerminal recording = RecordingTerminal.plain();
  private final CheckCommand check = new CheckCommand(recording.terminal(), Duration.ofMillis(50));

  @Test
  void allIsWellWhereNothingFails() throws InterruptedException {
    assertThat(check.run(SETTINGS, List.of(GOOD, DOUBTFUL), false)).isEqualTo(ExitCode.DONE);
    assertThat(recording.answered())
        .isEqualTo(
            """
            ok       settings        are complete
            ok       queue           exists
            warning  redrive policy  is missing
            """);
  }

  @Test
  void oneFailureFailsTheCheckAndHidesNothing() throws InterruptedException {
    assertThat(check.run(SETTINGS, List.of(BAD, GOOD), false)).isEqualTo(ExitCode.CHECK_FAILED);
    assertThat(recording.answered())
        .isEqualTo(
            """
            ok      settings  are complete
            FAILED  Redis     does not answer
            ok      queue     exists
            """);
  }

  @Test
  void whatThrowsOrNeverAnswersIsAFailureOfItsOwn() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Probe silent =
        new Probe(
            "cluster",
            () -> {
              never.await();
              return List.of();
            });
    Probe broken =
        new Probe(
            "Redis",
            () -> {
              throw new IllegalStateException("a bug");
            });
    assertThat(check.run(SETTINGS, List.of(silent, broken, GOOD), false))
        .isEqualTo(ExitCode.CHECK_FAILED);
    assertThat(recording.answered())
        .contains("FAILED  cluster   has not answered within 0 s")
        .contains(
            "FAILED  Redis     could not be looked at: java.lang.IllegalStateException: a bug")
        .contains("ok      queue     exists");
  }

  @Test
  void programsGetADocument() throws InterruptedException {
    check.run(SETTINGS, List.of(DOUBTFUL, BAD), true);
    assertThat(recording.answered())
        .isEqualTo(
            "{\"ok\":false,\"findings\":["
                + "{\"name\":\"settings\",\"status\":\"ok\",\"detail\":\"are complete\"},"
                + "{\"name\":\"redrive policy\",\"status\":\"warning\",\"detail\":\"is missing\"},"
                + "{\"name\":\"Redis\",\"status\":\"failed\",\"detail\":\"does not answer\"}]}\n");
  }

  @Test
  void coloursAreForPeople() throws InterruptedException {
    RecordingTerminal coloured = RecordingTerminal.coloured();
    CheckCommand forPeople = new CheckCommand(coloured.terminal(), Duration.ofSeconds(5));
    forPeople.run(SETTINGS, List.of(BAD), false);
    assertThat(coloured.answered())
        .isEqualTo(
            """
            \u001b[32mok\u001b[0m      settings  are complete
            \u001b[31mFAILED\u001b[0m  Redis     does not answer
            """);
  }
}
