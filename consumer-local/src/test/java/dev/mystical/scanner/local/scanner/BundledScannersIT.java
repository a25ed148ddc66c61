package dev.mystical.scanner.local.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real tools, each run in its own process as a container of the local ECS runs it. */
class BundledScannersIT {

  private static final Path SCANNERS = Path.of("target/scanners");
  private static final Path SAMPLES = Path.of("../samples").toAbsolutePath().normalize();
  private static final Path SHOP = SAMPLES.resolve("vulnerable-java");

  @TempDir private Path root;
  @TempDir private Path work;
  private Path project;

  @BeforeEach
  void makeProject() throws IOException {
    project = Files.createDirectory(root.resolve("project"));
  }

  @Test
  void spotBugsFindsTheHolesOfTheSample() throws IOException, InterruptedException {
    ScanRun run = ScanRun.of(provider("spotbugs", SAMPLES), SHOP, work);

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(ScanRun.findings(run.report()))
        .extracting(finding -> finding.rule() + " " + finding.file())
        .contains(
            "SQL_INJECTION_JDBC src/main/java/shop/Orders.java",
            "HARD_CODE_PASSWORD src/main/java/shop/Orders.java",
            "COMMAND_INJECTION src/main/java/shop/Invoices.java",
            "PATH_TRAVERSAL_IN src/main/java/shop/Invoices.java",
            "XXE_DOCUMENT src/main/java/shop/Imports.java",
            "OBJECT_DESERIALIZATION src/main/java/shop/Sessions.java",
            "PREDICTABLE_RANDOM src/main/java/shop/Sessions.java",
            "WEAK_MESSAGE_DIGEST_MD5 src/main/java/shop/Secrets.java",
            "DES_USAGE src/main/java/shop/Secrets.java",
            "WEAK_TRUST_MANAGER src/main/java/shop/Partners.java");
    assertThat(run.output().lines())
        .contains(
            "spotbugs: compiling 6 files",
            "spotbugs: looking for security bugs in the class files");
    assertThat(Files.readString(run.report())).doesNotContain(SAMPLES.toString());
  }

  @Test
  void pmdFindsTheMistakesOfTheSample() throws IOException, InterruptedException {
    ScanRun run = ScanRun.of(provider("pmd", SAMPLES), SHOP, work);

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(ScanRun.findings(run.report()))
        .extracting(finding -> finding.rule() + " " + finding.file())
        .contains(
            "HardCodedCryptoKey src/main/java/shop/Secrets.java",
            "EmptyCatchBlock src/main/java/shop/Imports.java",
            "UseEqualsToCompareStrings src/main/java/shop/Imports.java");
    assertThat(run.output()).contains("pmd: looking for mistakes in 6 files");
    assertThat(Files.readString(run.report())).doesNotContain(SAMPLES.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"spotbugs", "pmd"})
  void cleanProjectHasAReportWithoutFindings(String id) throws IOException, InterruptedException {
    write("Clean.java", "package clean;\n\n/** Nothing. */\npublic record Clean(int size) {}\n");
    write("module-info.java", "module clean {}\n");

    ScanRun run = ScanRun.of(provider(id, root), project, work);

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(ScanRun.findings(run.report())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spotbugs", "pmd"})
  void folderWithoutSourcesIsNoCleanScan(String id) throws IOException, InterruptedException {
    write("readme.txt", "nothing here");

    assertFailed(ScanRun.of(provider(id, root), project, work), 3, "no Java source");
  }

  @Test
  void spotBugsRefusesWhatDoesNotCompile() throws IOException, InterruptedException {
    write("Good.java", "class Good {}");
    write("Bad.java", "class Bad { int x = ; }");

    assertFailed(
        ScanRun.of(provider("spotbugs", root), project, work), 3, "do not compile", "Bad.java:1");
  }

  @Test
  void spotBugsRefusesSourcesThatNeedLibraries() throws IOException, InterruptedException {
    write("Needy.java", "class Needy { org.slf4j.Logger log; }");

    assertFailed(
        ScanRun.of(provider("spotbugs", root), project, work), 3, "with the JDK alone (1 errors)");
  }

  @Test
  void pmdRefusesWhatItCannotParse() throws IOException, InterruptedException {
    write("Good.java", "class Good {}");
    write("Bad.java", "class Bad { int x = ; }");

    assertFailed(
        ScanRun.of(provider("pmd", root), project, work), 4, "could not read all of the sources");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spotbugs", "pmd"})
  void missingFolderIsRefused(String id) throws IOException, InterruptedException {
    Path gone = root.resolve("gone");

    assertFailed(ScanRun.of(provider(id, root), gone, work), 2, "no such folder: " + gone);
  }

  @ParameterizedTest
  @ValueSource(strings = {"spotbugs", "pmd"})
  void folderOutsideTheAllowedOneIsRefused(String id) throws IOException, InterruptedException {
    assertFailed(ScanRun.of(provider(id, root), SHOP, work), 2, "lies outside");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spotbugs", "pmd"})
  void scanWithoutTimeLeftIsNotBegun(String id) throws IOException, InterruptedException {
    String past = Instant.now().minusSeconds(1).toString();

    assertFailed(
        ScanRun.of(provider(id, SAMPLES), SHOP, work, Map.of("SCAN_DEADLINE", past)),
        124,
        "has passed");
  }

  /** Java ends with 1 when it finds no main class, and 1 is SpotBugs' code for bugs found. */
  @ParameterizedTest
  @ValueSource(strings = {"spotbugs", "pmd"})
  void brokenToolIsNoCleanScan(String id) throws IOException, InterruptedException {
    Path lib = Files.createDirectories(root.resolve("broken").resolve(id).resolve("lib"));
    Files.writeString(lib.resolve("findsecbugs-plugin-0.jar"), "no jar");
    LocalProvider broken =
        LocalProviders.find(root.resolve("broken"), SAMPLES, System.getenv()).stream()
            .filter(provider -> provider.id().equals(id))
            .findFirst()
            .orElseThrow();

    assertFailed(ScanRun.of(broken, SHOP, work), 4, "failed:");
  }

  /** The work folder of a container is its own, but a report of before must never pass for ours. */
  @Test
  void reportOfBeforeDoesNotSurviveAFailure() throws IOException, InterruptedException {
    write("Bad.java", "class Bad {");
    Files.writeString(work.resolve("report.sarif"), "{\"version\": \"2.1.0\", \"runs\": []}");

    assertFailed(ScanRun.of(provider("pmd", root), project, work), 4, "could not read");
  }

  private static void assertFailed(ScanRun run, int exitCode, String... says) {
    assertThat(run.exitCode()).as(run.output()).isEqualTo(exitCode);
    assertThat(run.output()).contains(says);
    assertThat(run.report()).doesNotExist();
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(project.resolve(file), text);
  }

  private static LocalProvider provider(String id, Path allowedRoot) {
    List<LocalProvider> providers = LocalProviders.find(SCANNERS, allowedRoot, System.getenv());
    return providers.stream()
        .filter(provider -> provider.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
