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

  @TempDir private Path folder;
  private Path programs;

  @BeforeEach
  void makeFolders() throws IOException {
    programs = Files.createDirectory(folder.resolve("bin"));
    for (String id : List.of("spotbugs", "pmd")) {
      Path lib = Files.createDirectories(folder.resolve(id).resolve("lib"));
      Files.writeString(lib.resolve("tool.jar"), "");
    }
  }

  @Test
  void bundledScannersAreReadyAndTheOthersAreOff() {
    List<LocalProvider> providers = find(Map.of());

    assertThat(providers)
        .extracting(LocalProvider::id)
        .containsExactly("spotbugs", "pmd", "sonar", "mystical");
    assertThat(providers)
        .filteredOn(LocalProvider::isReady)
        .extracting(LocalProvider::id)
        .containsExactly("spotbugs", "pmd");
    assertThat(providers.getFirst().taskDefinition()).isEqualTo("local-spotbugs");
    assertThat(providers.getFirst().container()).isEqualTo("spotbugs");
  }

  @Test
  void whatIsMissingIsSaid() {
    assertThat(refusal("sonar", Map.of("SONAR_HOST_URL", "http://127.0.0.1:9000")))
        .isEqualTo(
            "Provider 'sonar' is off: SONAR_TOKEN is not set, sonar-scanner is not on the PATH.");
    assertThat(refusal("mystical", Map.of()))
        .isEqualTo("Provider 'mystical' is off: bearer is not on the PATH.");
    assertThat(refusal("zap", Map.of()))
        .isEqualTo(
            "There is no provider 'zap' in the local mode; there are spotbugs, pmd, sonar,"
                + " mystical.");
    assertThat(LocalProviders.refusal(find(Map.of()), "pmd")).isEmpty();
  }

  @Test
  void scannerThatWasNotBuiltIsOff() throws IOException {
    Files.delete(folder.resolve("pmd/lib/tool.jar"));

    assertThat(refusal("pmd", Map.of())).contains("'pmd' is off", "build the project");
  }

  @Test
  void foundProgramsTurnTheirProvidersOn() throws IOException {
    program("sonar-scanner");
    program("bearer");

    List<LocalProvider> providers =
        find(Map.of("SONAR_HOST_URL", "http://127.0.0.1:9000", "SONAR_TOKEN", "squ_secret"));

    assertThat(providers).allMatch(LocalProvider::isReady);
    assertThat(providers.get(2).readiness())
        .isInstanceOfSatisfying(
            Readiness.Ready.class,
            ready ->
                assertThat(ready.variables()).containsExactly("SONAR_HOST_URL", "SONAR_TOKEN"));
    assertThat(providers.toString()).doesNotContain("squ_secret");
  }

  @Test
  void programThatCannotBeRunDoesNotCount() throws IOException {
    Files.writeString(programs.resolve("bearer"), "");
    Files.createDirectory(programs.resolve("sonar-scanner"));

    assertThat(refusal("mystical", Map.of())).contains("bearer");
    assertThat(refusal("sonar", Map.of())).contains("sonar-scanner");
  }

  private String refusal(String id, Map<String, String> environment) {
    return LocalProviders.refusal(find(environment), id).orElseThrow();
  }

  private List<LocalProvider> find(Map<String, String> environment) {
    Map<String, String> whole = new HashMap<>(environment);
    whole.put("PATH", folder.resolve("gone") + ":" + programs);
    return LocalProviders.find(folder, folder, whole);
  }

  private void program(String name) throws IOException {
    Path file = Files.writeString(programs.resolve(name), "#!/bin/sh\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
