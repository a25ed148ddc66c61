package dev.mystical.scanner.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the makers' own tools say of our files, on machines that have these tools. A tool that is
 * absent is named in the report of the tests that were not run.
 */
class ToolsIT {
  private static final String UNIT = "config/systemd/scanner-consumer.service";

  @Test
  void systemdHasNothingToSayOfTheUnit(@TempDir Path folder)
      throws IOException, InterruptedException {
    assume("systemd-analyze");
    // The program that it starts is not installed here; all else is as it is.
    String unit =
        ProjectFiles.text(UNIT).replace("/opt/scanner-consumer/bin/scanner serve", "/bin/true");
    Path copy = Files.writeString(folder.resolve("scanner-consumer.service"), unit);

    // It answers 0 whatever it finds, so what it says decides.
    assertThat(run("systemd-analyze", "verify", copy.toString())).isEmpty();
  }

  @Test
  void theUnitIsAmongTheBestGuarded(@TempDir Path folder) throws IOException, InterruptedException {
    assume("systemd-analyze");
    Path copy =
        Files.writeString(folder.resolve("scanner-consumer.service"), ProjectFiles.text(UNIT));

    String said =
        run("systemd-analyze", "security", "--offline=true", "--threshold=20", copy.toString());

    assertThat(said).contains("Overall exposure level for scanner-consumer.service: 1.");
  }

  @Test
  void theValidatorHasNothingToSayOfTheTemplates() throws IOException, InterruptedException {
    assume("npm");

    assertThat(run(ProjectFiles.PROJECT.resolve("scripts/lint-templates").toString())).isEmpty();
  }

  @Test
  void alertsFireWhenTheyShould() throws IOException, InterruptedException {
    assume("promtool");
    Path folder = ProjectFiles.PROJECT.resolve("config/prometheus");

    assertThat(run("promtool", "check", "rules", folder.resolve("alerts.yml").toString()))
        .contains("SUCCESS");
    assertThat(run("promtool", "test", "rules", folder.resolve("alerts.test.yml").toString()))
        .contains("SUCCESS");
  }

  private static void assume(String tool) {
    boolean present =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    assumeTrue(present, () -> "NOT TESTED: no " + tool + " on PATH");
  }

  /** All that it says; fails where it ends with another code than 0. */
  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
