package dev.mystical.scanner.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scanner knows nothing of the task that it runs in, and nothing of it stays. */
class ApartIT {
  @TempDir private Path folder;
  private RunServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = RunServer.start();
    Files.createDirectory(folder.resolve("project"));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private String scanned(String script, Map<String, String> variables)
      throws IOException, InterruptedException {
    Map<String, String> order = new HashMap<>(server.order());
    order.put("SCAN_TARGET_TYPE", "path");
    order.put("SCAN_TARGET_URL", folder.resolve("project").toString());
    order.put("SCAN_PATH_ROOT", folder.toString());
    order.putAll(variables);
    String report =
        "printf '{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"x\"}},"
            + "\"results\":[]}]}' >\"$SCAN_REPORT\"";
    try (AgentRun run = AgentRun.start(folder, order, "sh", "-c", script + "\n" + report)) {
      run.ended(0);
      return run.output();
    }
  }

  /** Through these addresses a process gets the credentials of its task's role. */
  @Test
  void addressesOfTheTaskDoNotReachTheScanner() throws IOException, InterruptedException {
    try (Metadata metadata = Metadata.start()) {
      String printed =
          scanned(
              "env | grep -E '^(ECS|AWS)_' || echo none",
              Map.of(
                  "ECS_CONTAINER_METADATA_URI", metadata.uri(),
                  "ECS_CONTAINER_METADATA_URI_V4", metadata.uri(),
                  "ECS_AGENT_URI", metadata.uri(),
                  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials/1",
                  "AWS_CONTAINER_CREDENTIALS_FULL_URI", metadata.uri()));

      assertThat(printed.lines()).contains("none");
    }
  }

  @Test
  void whatTheScannerLeavesBehindIsEnded() throws IOException, InterruptedException {
    String printed = scanned("trap '' TERM; sleep 1000 & echo \"left $!\"", Map.of());

    String left =
        printed.lines().filter(it -> it.startsWith("left ")).findFirst().orElseThrow().substring(5);
    // One that has ended and that nobody has asked for has no command line any more.
    assertThat(commandLine(left)).isEmpty();
  }

  private static String commandLine(String process) throws IOException {
    try {
      return Files.readString(Path.of("/proc", process, "cmdline"), ISO_8859_1);
    } catch (NoSuchFileException gone) {
      return "";
    }
  }
}
