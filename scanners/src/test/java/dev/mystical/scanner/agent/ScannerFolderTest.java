package dev.mystical.scanner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of images and tasks without building any. */
class ScannerFolderTest {
  private static final JsonMapper JSON = new JsonMapper();

  static Stream<String> ids() throws IOException {
    try (Stream<Path> folders = Files.list(AgentRun.SCANNERS)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("task-definition.json")))
          .map(folder -> folder.getFileName().toString())
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void imageAndTaskAreSafe(String id) throws IOException {
    assertThat(ScannerFolder.of(AgentRun.SCANNERS, id).faults()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "eslint, eslint",
    "secretlint, @secretlint/core",
  })
  void imagesOfNpmHaveWhatTheirLockFilesSay(String id, String tool) throws IOException {
    ScannerFolder folder = ScannerFolder.of(AgentRun.SCANNERS, id);
    JsonNode declared = JSON.readTree(folder.folder().resolve("package.json").toFile());
    JsonNode locked =
        JSON.readTree(folder.folder().resolve("package-lock.json").toFile()).path("packages");

    assertThat(folder.image("SCAN_TOOL_VERSION"))
        .isEqualTo(declared.path("dependencies").path(tool).asText());
    declared
        .path("dependencies")
        .properties()
        .forEach(it ->
            assertThat(locked.path("node_modules/" + it.getKey()).path("version"))
                .as(it.getKey())
                .isEqualTo(it.getValue()));
    locked
        .properties()
        .forEach(it -> {
          assertThat(it.getValue().has("resolved")).as("%s has an address", it).isFalse();
          assertThat(it.getKey().isEmpty() || it.getValue().has("integrity")).as("%s", it).isTrue();
        });
  }

  @Test
  void imageOfFlawfinderHasWhatItSays() throws IOException {
    ScannerFolder folder = ScannerFolder.of(AgentRun.SCANNERS, "flawfinder");

    assertThat(String.join("\n", folder.file()))
        .contains(" flawfinder=" + folder.image("SCAN_TOOL_VERSION") + "-");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spotbugs", "pmd"})
  void imagesOfMavenHaveWhatThePomSays(String id) throws IOException {
    assertThat(Files.readString(AgentRun.SCANNERS.resolve("../pom.xml")))
        .contains(
            "<%s.version>%s</%s.version>"
                .formatted(
                    id, ScannerFolder.of(AgentRun.SCANNERS, id).image("SCAN_TOOL_VERSION"), id));
  }

  @Test
  void imageOfMysticalChecksWhatItSays() throws IOException {
    ScannerFolder folder = ScannerFolder.of(AgentRun.SCANNERS, "mystical");

    assertThat(folder.image("SCAN_TOOL_VERSION")).isEqualTo("2.1.0");
    assertThat(folder.image("SCAN_REPORT_TYPE")).isEqualTo("application/vnd.bearer.v2+json");
    assertThat(String.join("\n", folder.file()))
        .contains("bearer version | grep -F \"$BEARER_VERSION\"", "sha256sum -c");
  }

  /** The jars are the build's; the version of the image is written beside them. */
  @ParameterizedTest
  @CsvSource({"spotbugs, spotbugs", "pmd, pmd-core"})
  void imagesOfMavenHaveWhatTheBuildHasGathered(String id, String jar) throws IOException {
    ScannerFolder folder = ScannerFolder.of(AgentRun.SCANNERS, id);

    assertThat(folder.folder().resolve("target/tools/lib"))
        .isDirectoryContaining(
            it -> it.endsWith(jar + "-" + folder.image("SCAN_TOOL_VERSION") + ".jar"));
  }

  @Test
  void imageOfSonarChecksWhatItSays() throws IOException {
    ScannerFolder folder = ScannerFolder.of(AgentRun.SCANNERS, "sonar");

    assertThat(folder.image("SCAN_REPORT_TYPE")).isEqualTo("application/vnd.sonar.issues+json");
    assertThat(String.join("\n", folder.file())).contains("sha256sum -c", " jq ");
    assertThat(Files.readString(AgentRun.SCANNERS.resolve("../pom.xml")))
        .as("the scanner of the local mode")
        .contains(
            "<sonar-scanner.version>" + folder.image("SCAN_TOOL_VERSION") + "</sonar-scanner.ver");
    assertThat(folder.task().at("/containerDefinitions/0/secrets").findValuesAsText("name"))
        .contains("SONAR_TOKEN");
  }
}
