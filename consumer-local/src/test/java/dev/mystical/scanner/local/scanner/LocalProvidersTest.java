package dev.mystical.scanner.local.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.local.scanner.LocalProvider.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalProvidersTest {
  private static final List<String> ALL =
      List.of("spotbugs", "pmd", "sonar", "mystical", "eslint", "secretlint", "flawfinder");
  private static final Map<String, String> SONAR =
      Map.of("SONAR_HOST_URL", "http://127.0.0.1:9000", "SONAR_TOKEN", "squ_secret");

  @TempDir private Path project;
  private Path programs;

  @BeforeEach
  void makeFolders() throws IOException {
    programs = Files.createDirectory(project.resolve("bin"));
    for (String id : ALL) {
      program(Files.createDirectories(project.resolve("scanners").resolve(id)).resolve("scan"));
    }
    for (String name : List.of("curl", "setsid")) {
      program(programs.resolve(name));
    }
  }

  @Test
  void whatIsMissingIsSaid() {
    assertThat(find(Map.of())).extracting(LocalProvider::id).containsExactlyElementsOf(ALL);
    assertThat(off("spotbugs", Map.of()))
        .isEqualTo(
            "Provider 'spotbugs' is off: its jars are not there: build the project with Maven.");
    assertThat(off("sonar", Map.of("SONAR_HOST_URL", "http://127.0.0.1:9000")))
        .isEqualTo(
            "Provider 'sonar' is off: SONAR_TOKEN is not set, sonar-scanner is not on the PATH,"
                + " jq is not on the PATH.");
    assertThat(off("mystical", Map.of()))
        .isEqualTo(
            "Provider 'mystical' is off: bearer is not on the PATH, its rules are not there: unpack"
                + " those of Bearer into consumer-local/target/scanners/mystical/rules.");
    assertThat(off("eslint", Map.of()))
        .startsWith("Provider 'eslint' is off: node is not on the PATH, its npm packages are not");
    assertThat(off("flawfinder", Map.of()))
        .isEqualTo("Provider 'flawfinder' is off: flawfinder is not on the PATH.");
  }

  @Test
  void whatEachNeedsTurnsItOn() throws IOException {
    for (String tool :
        List.of("spotbugs/lib", "pmd/lib", "mystical/rules", "eslint/installed.json")) {
      Files.createDirectories(tools().resolve(tool));
    }
    Files.createDirectories(tools().resolve("secretlint/installed.json"));
    program(Files.createDirectories(tools().resolve("sonar/bin")).resolve("sonar-scanner"));
    for (String name : List.of("jq", "bearer", "node", "flawfinder")) {
      program(programs.resolve(name));
    }

    List<LocalProvider> providers = find(SONAR);

    assertThat(providers).allMatch(LocalProvider::isReady);
    assertThat(ready(providers, "sonar").secrets())
        .containsExactly("SONAR_HOST_URL", "SONAR_TOKEN");
    assertThat(providers.toString()).doesNotContain("squ_secret");
  }

  @Test
  void scannerOfThePathDoesAsWell() throws IOException {
    program(programs.resolve("jq"));
    program(programs.resolve("sonar-scanner"));

    assertThat(ready(find(SONAR), "sonar").entry())
        .isEqualTo(project.resolve("scanners/sonar/scan"));
    assertThat(ready(find(SONAR), "sonar").definition().get("PATH"))
        .startsWith(tools().resolve("sonar/bin") + ":")
        .contains(":" + programs + ":");
  }

  @Test
  void taskDefinitionBringsWhatTheImageSays() throws IOException {
    Files.writeString(
        project.resolve("scanners/flawfinder/Containerfile"),
        """
        ARG VERSION=2.0
        FROM debian
        # SCAN_TOOL=no
        ENV SCAN_TOOL="Flaw finder" \\
            SCAN_TOOL_VERSION=${VERSION} SCAN_REPORT_TYPE=application/sarif+json SCANNER_TOOLS=/opt
        """);
    Files.copy(
        project.resolve("scanners/flawfinder/Containerfile"),
        project.resolve("scanners/pmd/Containerfile"));
    program(programs.resolve("flawfinder"));
    Files.createDirectories(tools().resolve("pmd/lib"));

    assertThat(ready(find(Map.of()), "pmd").definition())
        .containsEntry("SCAN_TOOL", "Flaw finder")
        .containsEntry("SCAN_TOOL_VERSION", "2.0")
        .containsEntry("SCAN_REPORT_TYPE", "application/sarif+json")
        .containsEntry("SCANNER_TOOLS", tools().resolve("pmd").toString())
        .containsEntry("SCAN_PATH_ROOT", project.toString());
    // That of this machine may be another one.
    assertThat(ready(find(Map.of()), "flawfinder").definition())
        .containsEntry("SCAN_TOOL", "Flaw finder")
        .doesNotContainKey("SCAN_TOOL_VERSION");
  }

  @Test
  void providerWithoutItsEntryIsOff() throws IOException {
    Files.delete(project.resolve("scanners/pmd/scan"));
    Files.createDirectories(tools().resolve("pmd/lib"));

    assertThat(off("pmd", Map.of()))
        .isEqualTo("Provider 'pmd' is off: scanners/pmd/scan is not there.");
  }

  @Test
  void nothingWorksWithoutWhatTheAgentNeeds() throws IOException {
    Files.delete(programs.resolve("curl"));
    Files.createDirectories(tools().resolve("pmd/lib"));

    assertThat(off("pmd", Map.of())).isEqualTo("Provider 'pmd' is off: curl is not on the PATH.");
  }

  @Test
  void programThatCannotBeRunDoesNotCount() throws IOException {
    Files.writeString(programs.resolve("bearer"), "");
    Files.createDirectory(programs.resolve("flawfinder"));

    assertThat(off("mystical", Map.of())).contains("bearer");
    assertThat(off("flawfinder", Map.of())).contains("flawfinder is not");
  }

  /** Its version stands in the image as well, which unpacks it by itself. */
  @Test
  void scannerOfSonarIsThatOfItsImage() {
    String version = ImageVariables.of(Path.of("../scanners/sonar")).get("SCAN_TOOL_VERSION");

    assertThat(Path.of("target/scanners/sonar/lib/sonar-scanner-cli-" + version + ".jar")).exists();
  }

  private Path tools() {
    return project.resolve("consumer-local/target/scanners");
  }

  private String off(String id, Map<String, String> environment) {
    return switch (readiness(find(environment), id)) {
      case Readiness.Missing(String sentence) -> sentence;
      case Readiness.Ready ready -> throw new AssertionError(id + " is ready");
    };
  }

  private static Readiness.Ready ready(List<LocalProvider> providers, String id) {
    return switch (readiness(providers, id)) {
      case Readiness.Ready ready -> ready;
      case Readiness.Missing(String sentence) -> throw new AssertionError(sentence);
    };
  }

  private static Readiness readiness(List<LocalProvider> providers, String id) {
    return providers.stream()
        .filter(provider -> provider.id().equals(id))
        .findFirst()
        .orElseThrow()
        .readiness();
  }

  private List<LocalProvider> find(Map<String, String> environment) {
    Map<String, String> whole = new HashMap<>(environment);
    whole.put("PATH", project.resolve("gone") + ":" + programs);
    return LocalProviders.find(project, project, whole);
  }

  private static void program(Path file) throws IOException {
    Files.writeString(file, "#!/bin/sh\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
