package dev.mystical.scanner.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.local.scanner.LocalProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a scanner breaks, its run says how, and is never taken for a clean one. */
class BrokenScannersIT {
  private static final Map<String, String> SCRIPTS =
      Map.of(
          "crashes", "echo 'cannot go on'; kill -SEGV $$",
          "hangs", "echo 'still at it'; sleep 1000",
          "half", "printf '{\"version\":\"2.1.0\",\"runs\":[{\"results\":[' >\"$SCAN_REPORT\"",
          "none", "echo 'nothing to tell'",
          "huge", "truncate -s 1G \"$SCAN_REPORT\"");

  @TempDir private Path folder;

  @Test
  void eachEndIsToldAndNoneIsClean() throws IOException, InterruptedException {
    Path target = Files.createDirectory(folder.resolve("project"));
    Files.writeString(target.resolve("README.md"), "a project");
    List<LocalProvider> providers = new ArrayList<>();
    for (Map.Entry<String, String> script : SCRIPTS.entrySet()) {
      providers.add(ShellScanner.of(script.getKey(), script.getValue(), folder, folder));
    }
    providers.add(ShellScanner.of("works", ShellScanner.FINDS, folder, folder));

    JsonNode scan;
    try (LocalServer server = LocalServer.start(providers, Map.of("SCAN_TIMEOUT", "15s"))) {
      scan =
          server.ended(
              ShellScanner.request(target, providers.stream().map(LocalProvider::id).toList()));
    }

    assertThat(scan.path("status").asText()).as(scan.toString()).isEqualTo("FAILED");
    assertThat(scan.path("verdict").asText()).isEqualTo("UNKNOWN");
    Map<String, String> ends = new TreeMap<>();
    for (JsonNode run : scan.path("runs")) {
      String provider = run.path("provider").asText();
      if (provider.equals("works")) {
        assertThat(run.path("status").asText()).isEqualTo("SUCCEEDED");
        continue;
      }
      assertThat(run.path("status").asText()).as(provider).isIn("FAILED", "TIMED_OUT");
      assertThat(run.path("coverage").asText()).as(provider).isEqualTo("none");
      assertThat(run.path("verdict").asText()).as(provider).isEqualTo("UNKNOWN");
      ends.put(provider, run.at("/error/code").asText() + ": " + run.at("/error/message").asText());
    }
    // The agent ends it before its deadline, and the server at its deadline: whoever is first.
    assertThat(ends.remove("hangs"))
        .matches("TASK_FAILED: the time for scanning was over .*|RUN_TIMEOUT: .*");
    assertThat(ends)
        .containsExactly(
            Map.entry("crashes", "TASK_FAILED: crashes ended with exit code 139: cannot go on"),
            Map.entry("half", "TASK_FAILED: the server cannot read the report"),
            Map.entry("huge", "TASK_FAILED: the report of huge is larger than 209715200 bytes"),
            Map.entry("none", "TASK_FAILED: none left no report"));
  }
}
