package dev.mystical.scanner.local.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program of the machine as a scanner; shell scripts stand for sonar-scanner and bearer. */
class CheckedCommandIT {

  @TempDir private Path target;
  @TempDir private Path work;
  @TempDir private Path programs;

  @Test
  void programSeesTheFolderAndItsGoodEndIsOurs() throws IOException, InterruptedException {
    program(
        "bearer",
        "echo \"$@\"\necho '{\"version\": \"2.1.0\", \"runs\": [{\"tool\": {\"driver\": {\"name\": \"bearer\"}}, \"results\": []}]}' > report.sarif\n");

    ScanRun run = scan("mystical", target, Map.of());

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output())
        .contains("scan " + target.toRealPath() + " --format sarif", "--exit-code 0");
    assertThat(ScanRun.findings(run.report())).isEmpty();
  }

  @Test
  void sonarIsGivenProjectAndFolder() throws IOException, InterruptedException {
    program("sonar-scanner", "for a in \"$@\"; do echo \"$a\"; done\n");

    ScanRun run = scan("sonar", target, Map.of());

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output().lines())
        .contains("-Dsonar.projectKey=shop", "-Dsonar.projectBaseDir=" + target.toRealPath());
  }

  @Test
  void programThatFailsFailsTheScan() throws IOException, InterruptedException {
    program("bearer", "exit 7\n");

    ScanRun run = scan("mystical", target, Map.of());

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.output()).contains("exit code 7");
  }

  @Test
  void reportThatAdmitsFailureFailsTheScan() throws IOException, InterruptedException {
    program("bearer", "echo '{\"version\": \"2.1.0\", \"runs\": []}' > report.sarif\n");

    ScanRun run = scan("mystical", target, Map.of());

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.output()).contains("no runs");
  }

  @Test
  void folderOutsideIsRefusedBeforeTheProgramRuns() throws IOException, InterruptedException {
    program("bearer", "echo started\n");

    ScanRun run = scan("mystical", programs, Map.of());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.output()).contains("lies outside").doesNotContain("started");
  }

  @Test
  void deadlineEndsAScanThatHangs() throws IOException, InterruptedException {
    program("bearer", "exec sleep 300\n");
    String soon = Instant.now().plusSeconds(2).toString();

    ScanRun run = scan("mystical", target, Map.of("SCAN_DEADLINE", soon));

    assertThat(run.exitCode()).as(run.output()).isEqualTo(124);
    assertThat(run.output()).contains("has passed");
  }

  /** ECS kills the container's first process; the tool it runs must not work on. */
  @Test
  void toolDiesWithAScanThatIsKilled()
      throws ExecutionException, IOException, InterruptedException, TimeoutException {
    program("bearer", "echo tool $$\nexec sleep 300\n");
    Process scan =
        ScanRun.start(ScanRun.command(provider("mystical")), target, work, path(Map.of()));
    BufferedReader output = scan.inputReader(StandardCharsets.UTF_8);
    String line = output.lines().filter(said -> said.startsWith("tool ")).findFirst().orElseThrow();
    ProcessHandle tool = ProcessHandle.of(Long.parseLong(line.substring(5))).orElseThrow();

    scan.destroyForcibly();

    assertThat(tool.onExit().get(10, TimeUnit.SECONDS).isAlive()).isFalse();
  }

  private ScanRun scan(String id, Path folder, Map<String, String> more)
      throws IOException, InterruptedException {
    return ScanRun.of(provider(id), folder, work, path(more));
  }

  private LocalProvider provider(String id) {
    Map<String, String> environment =
        path(Map.of("SONAR_HOST_URL", "http://127.0.0.1:9000", "SONAR_TOKEN", "none"));
    List<LocalProvider> providers = LocalProviders.find(programs, target, environment);
    return providers.stream()
        .filter(provider -> provider.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private Map<String, String> path(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("PATH", programs + ":" + System.getenv().getOrDefault("PATH", ""));
    return environment;
  }

  private void program(String name, String script) throws IOException {
    Path file = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
