package dev.mystical.scanner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.domain.report.FindingCounts;
import dev.mystical.scanner.domain.report.Severity;
import dev.mystical.scanner.wire.report.ReportFormat;
import dev.mystical.scanner.wire.report.ReportOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows docs/new-provider.md to the letter. */
class NewProviderIT {
  @TempDir private Path root;
  private Page page;
  private Path scan;

  @BeforeEach
  void doWhatThePageSays() throws IOException {
    page = Page.read(AgentRun.SCANNERS.resolve("../docs/new-provider.md"));
    Files.createDirectory(root.resolve("scanners"));
    Files.createSymbolicLink(root.resolve("scanners/agent"), AgentRun.SCANNERS.resolve("agent"));
    page.writeFiles(root);
    scan = root.resolve("scanners/words/scan");
  }

  @Test
  void itRunsUnderTheAgentAlone() throws IOException {
    assertThat(page.texts("sh")).hasSize(1);

    String printed = typed();

    assertThat(printed).contains("words: scanning with words", "\"uri\":\"notes.txt\"");
    JsonNode report = new JsonMapper().readTree(root.resolve("target/words/report.sarif").toFile());
    assertThat(report.at("/runs/0/results/0/ruleId").asText()).isEqualTo("word");
    assertThat(report.at("/runs/0/results")).hasSize(1);
  }

  @Test
  void itsFindingArrives() throws IOException, InterruptedException {
    typed();
    Path project = root.resolve("target/words/project");
    Files.createDirectories(project.resolve("a \"b\"\n%"));
    Files.writeString(project.resolve("a \"b\"\n%/c=d.txt"), "one\ntwo FIXME\n");
    Files.createSymbolicLink(project.resolve("link"), Path.of("..", "outside"));
    Files.writeString(root.resolve("target/words/outside"), "FIXME\n");
    try (RunServer server = RunServer.start()) {
      Map<String, String> order = new HashMap<>(server.order());
      order.put("SCAN_TARGET_TYPE", "path");
      order.put("SCAN_TARGET_URL", project.toString());
      order.put("SCAN_PATH_ROOT", root.toString());
      order.put("SCAN_OPT_WORD", "FIXME");
      try (AgentRun run = AgentRun.start(root, order, scan.toString())) {
        run.ended(0);
      }
      RunServer.Call report = server.await("report");

      assertThat(ScannerTest.findings(report.json()))
          .containsExactly("word a%20%22b%22%0A%25/c%3Dd.txt:2");
      assertThat(RunServer.read(report.bytes(), ReportFormat.SARIF))
          .isInstanceOfSatisfying(
              ReportOutcome.Read.class,
              read ->
                  assertThat(read.summary().counts())
                      .hasToString(FindingCounts.NONE.plus(Severity.HIGH).toString()));
      assertThat(server.coverage()).contains(Coverage.FULL);
    }
  }

  @Test
  void itsImageAndTaskAreAsGoodAsOurs() throws IOException {
    typed();

    assertThat(ScannerFolder.of(root.resolve("scanners"), "words").faults()).isEmpty();
  }

  @Test
  void itsSettingsNameItsTask() throws IOException {
    JsonNode task =
        new JsonMapper().readTree(root.resolve("scanners/words/task-definition.json").toFile());
    assertThat(page.texts("properties"))
        .containsExactly(
            "TASK_DEFINITION_WORDS=%s\nCONTAINER_WORDS=%s\n"
                .formatted(
                    task.path("family").asText(),
                    task.at("/containerDefinitions/0/name").asText()));
    assertThat(new JsonMapper().readTree(page.texts("json").getFirst()).at("/providers/0/id"))
        .hasToString("\"words\"");
  }

  private String typed() throws IOException {
    return Programs.run(root, Map.of(), List.of("sh", "-euc", page.texts("sh").getFirst()));
  }
}
