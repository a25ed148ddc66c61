package dev.mystical.scanner.local.scanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.wire.report.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real tools, by the entries that their images run, under the agent. */
class BundledScannersIT {

  private static final Path PROJECT = Path.of("..");
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
    assertThat(run.findings())
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
    assertThat(work).isDirectoryNotContaining(path -> !path.equals(run.report()));
  }

  @Test
  void pmdFindsTheMistakesOfTheSample() throws IOException, InterruptedException {
    ScanRun run = ScanRun.of(provider("pmd", SAMPLES), SHOP, work);

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.findings())
        .extracting(finding -> finding.rule() + " " + finding.file())
        .contains(
            "HardCodedCryptoKey src/main/java/shop/Secrets.java",
            "EmptyCatchBlock src/main/java/shop/Imports.java",
            "UseEqualsToCompareStrings src/main/java/shop/Imports.java");
    assertThat(run.output()).contains("pmd: looking for mistakes in 6 files");
    assertThat(Files.readString(run.report())).doesNotContain(SAMPLES.toString());
    assertThat(work).isDirectoryNotContaining(path -> !path.equals(run.report()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"spotbugs", "pmd"})
  void folderWithoutSourcesIsNoCleanScan(String id) throws IOException, InterruptedException {
    write("readme.txt", "nothing here");
    write(".idea/Hidden.java", "class Hidden {");
    write("pom.xml", "<project/>");
    write("target/Built.java", "class Built {");
    Files.createSymbolicLink(
        project.resolve("Link.java"), SHOP.resolve("src/main/java/shop/Orders.java"));

    ScanRun run = ScanRun.of(provider(id, root), project, work);

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.coverage()).isEqualTo(Coverage.PARTIAL);
    assertThat(Files.readString(run.report())).contains("there is no Java in the source");
  }

  /** A package may well be called target or build; only build tools make them output. */
  @ParameterizedTest
  @ValueSource(strings = {"spotbugs", "pmd"})
  void cleanProjectOfStrangeNamesHasAReportWithoutFindings(String id)
      throws IOException, InterruptedException {
    write("src/target/A.java", "package target; class A {}");
    write("src/build/-B, or:\nno.java", "package build; class B { String $ = \"\u00e4\"; }");
    write("src/gr\u00fc\u00df dich/C.java", "class C {}");
    write("module-info.java", "module clean {}\n");

    ScanRun run = ScanRun.of(provider(id, root), project, work);

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).contains("4 files");
    assertThat(run.coverage()).isEqualTo(Coverage.FULL);
    assertThat(run.findings()).isEmpty();
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
  void pmdTellsWhatItCannotParse() throws IOException, InterruptedException {
    write("Good.java", "class Good { boolean same(String a) { return a == \"b\"; } }");
    write("Bad.java", "class Bad { int x = ; }");

    ScanRun run = ScanRun.of(provider("pmd", root), project, work);

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.coverage()).isEqualTo(Coverage.PARTIAL);
    assertThat(run.findings())
        .extracting(Finding::rule, Finding::file)
        .contains(tuple("UseEqualsToCompareStrings", "Good.java"));
    Files.delete(project.resolve("Good.java"));
    assertFailed(
        ScanRun.of(provider("pmd", root), project, work), 3, "PMD could read none of the sources");
  }

  @ParameterizedTest
  @CsvSource({"spotbugs, SQL_INJECTION_JDBC", "pmd, HardCodedCryptoKey"})
  void projectCannotSilenceItsScan(String id, String rule)
      throws IOException, InterruptedException {
    String none = "<ruleset name='none' xmlns='http://pmd.sourceforge.net/ruleset/2.0.0'/>";
    for (String rules : List.of("security", "errorprone", "multithreading")) {
      write("category/java/" + rules + ".xml", none);
    }
    write("spotbugs-exclude.xml", "<FindBugsFilter><Match/></FindBugsFilter>");
    write(".mvn/jvm.config", "-XX:NoSuchOption");
    write("META-INF/services/javax.annotation.processing.Processor", "shop.Silence");
    for (String name : List.of("Orders.java", "Secrets.java")) {
      String source = Files.readString(SHOP.resolve("src/main/java/shop").resolve(name));
      write(name, source.replaceAll("(?m);$", "; // NOPMD"));
    }

    ScanRun run = ScanRun.of(provider(id, root), project, work);

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.findings()).extracting(Finding::rule).contains(rule);
  }

  /** Java ends with 1 when it finds no main class, and 1 is SpotBugs' code for bugs found. */
  @ParameterizedTest
  @ValueSource(strings = {"spotbugs", "pmd"})
  void brokenToolIsNoCleanScan(String id) throws IOException, InterruptedException {
    write("lib/findsecbugs-plugin-0.jar", "no jar");
    write("Clean.java", "class Clean {}");

    assertFailed(
        ScanRun.of(provider(id, root), project, work, Map.of("SCANNER_TOOLS", project.toString())),
        1,
        id.equals("pmd") ? "PMD failed with exit code" : "SpotBugs has written no report");
  }

  private static void assertFailed(ScanRun run, int exitCode, String... says) {
    assertThat(run.exitCode()).as(run.output()).isEqualTo(exitCode);
    assertThat(run.output()).contains(says);
  }

  private void write(String file, String text) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.resolveSibling(""));
    Files.writeString(path, text);
  }

  private static LocalProvider provider(String id, Path allowedRoot) {
    List<LocalProvider> providers = LocalProviders.find(PROJECT, allowedRoot, System.getenv());
    return providers.stream()
        .filter(provider -> provider.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
