package dev.mystical.scanner.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.local.scanner.LocalProvider;
import dev.mystical.scanner.local.scanner.LocalProviders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One request to all scanners that this machine has: one report, one verdict. */
class SeveralScannersIT {
  private static final Path SAMPLES = LocalServer.PROJECT.resolve("samples");

  @TempDir private Path folder;

  @Test
  void oneRequestGivesOneReportAndOneVerdict() throws IOException, InterruptedException {
    List<LocalProvider> all =
        new ArrayList<>(LocalProviders.find(LocalServer.PROJECT, SAMPLES, System.getenv()));
    all.add(ShellScanner.of("words", ShellScanner.FINDS, folder, SAMPLES));
    List<String> ready =
        all.stream().filter(LocalProvider::isReady).map(LocalProvider::id).toList();

    try (LocalServer server = LocalServer.start(all, Map.of())) {
      JsonNode scan = server.ended(ShellScanner.request(SAMPLES, ready));

      assertThat(scan.path("status").asText()).as(scan.toString()).isEqualTo("SUCCEEDED");
      assertThat(scan.path("coverage").asText()).isEqualTo("full");
      assertThat(scan.path("verdict").asText()).isEqualTo("FAIL");
      JsonNode report = server.json(scan.at("/links/report").asText());
      List<String> tools = report.path("runs").findValuesAsText("name");
      assertThat(tools).contains("SpotBugs", "PMD", "words");
      assertThat(report.path("runs")).hasSameSizeAs(ready);
      int findings = 0;
      for (JsonNode run : report.path("runs")) {
        assertThat(run.path("results")).as(run.at("/tool/driver/name").asText()).isNotEmpty();
        findings += run.path("results").size();
      }
      JsonNode summary = scan.path("summary");
      int counted = 0;
      for (String level : List.of("critical", "high", "medium", "low", "info")) {
        counted += summary.path(level).asInt();
      }
      assertThat(counted).isEqualTo(findings);
      assertProvidersAreTold(server.json("/v1/providers"), all);
    }
  }

  private static void assertProvidersAreTold(JsonNode answer, List<LocalProvider> all) {
    assertThat(answer.path("items")).hasSameSizeAs(all);
    for (JsonNode item : answer.path("items")) {
      LocalProvider provider =
          all.stream()
              .filter(it -> it.id().equals(item.path("id").asText()))
              .findFirst()
              .orElseThrow();
      switch (provider.readiness()) {
        case LocalProvider.Readiness.Ready ready ->
            assertThat(item.toString()).contains("\"ready\"");
        case LocalProvider.Readiness.Missing(String sentence) ->
            assertThat(item.toString()).contains("\"off\"", sentence);
      }
    }
  }
}
