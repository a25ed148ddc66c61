package dev.mystical.scanner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.report.Coverage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server of sources, and what the agent makes of them. */
abstract class SourceTest {
  /** Prints what it finds, file by file, with the first line of each. */
  private static final String LIST =
      """
      cd "$SCAN_SOURCE" || exit 9
      find . ! -type d ! -type f | sed 's/^/odd /'
      find . -type f | sort | while read -r file; do
        echo "file $file $(head -n 1 "$file")"
      done
      printf '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"list"}},"results":[]}]}' \\
        >"$SCAN_REPORT"
      """;

  @TempDir protected Path folder;
  protected Path sources;
  protected RunServer server;
  protected SourceServer source;

  @BeforeEach
  void startServers() throws IOException {
    sources = Files.createDirectory(folder.resolve("sources"));
    server = RunServer.start();
    source = SourceServer.start(sources);
  }

  @AfterEach
  void stopServers() {
    source.close();
    server.close();
    assertThat(server.leaks()).as("where the token was seen").isEmpty();
  }

  protected Map<String, String> order(String... variables) {
    Map<String, String> order = new HashMap<>(server.order());
    for (int i = 0; i < variables.length; i += 2) {
      order.put(variables[i], variables[i + 1]);
    }
    return order;
  }

  /** Has it fetched and listed; what it printed. */
  protected String fetched(Map<String, String> order) throws IOException, InterruptedException {
    try (AgentRun run = AgentRun.start(folder, order, "sh", "-c", LIST)) {
      run.ended(0);
      assertThat(server.coverage()).contains(Coverage.FULL);
      return run.output();
    }
  }

  /** Has it refused; what the server was told of it. */
  protected String refused(Map<String, String> order) throws IOException, InterruptedException {
    try (AgentRun run = AgentRun.start(folder, order, "sh", "-c", "echo scanned; " + LIST)) {
      run.ended(3);
      assertThat(run.output()).doesNotContain("scanned");
    }
    String error = server.await("complete").json().path("error").asText();
    assertThat(error).startsWith("SOURCE_UNAVAILABLE: ");
    assertThat(server.coverage()).contains(Coverage.NONE);
    return error;
  }
}
