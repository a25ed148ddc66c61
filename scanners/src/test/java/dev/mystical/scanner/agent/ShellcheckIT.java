package dev.mystical.scanner.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** scripts/shellcheck. */
class ShellcheckIT {
  private static final int NOT_TO_BE_HAD = 3;

  @Test
  void shellProgramsAreClean() throws IOException, InterruptedException {
    Path script = AgentRun.SCANNERS.resolve("../scripts/shellcheck");
    Process process = new ProcessBuilder(script.toString()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    int exitCode = process.waitFor();

    NpmTools.require(exitCode != NOT_TO_BE_HAD, printed);
    assertThat(exitCode).as(printed).isZero();
    assertThat(printed).containsPattern("[1-9]\\d+ shell programs checked");
  }
}
