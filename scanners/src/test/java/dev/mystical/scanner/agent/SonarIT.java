package dev.mystical.scanner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.domain.report.Coverage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * scanners/sonar, with a stand-in for the server and one for the scanner, which writes down how it
 * was called and what it could see. scripts/e2e-sonar does it with the real ones.
 */
class SonarIT extends ScannerTest {
  private static final String STAND_IN =
      """
      for word; do
        printf 'word %s\\n' "$word"
        case $word in
          -Dsonar.scanner.metadataFilePath=*) echo ceTaskId=AX-1 >"${word#*=}" ;;
          -Dsonar.projectBaseDir=*) grep -rs . "${word#*=}" | sed 's/^/sees /' ;;
          -Dproject.settings=*) sed 's/^/setting /' "${word#*=}" ;;
        esac
      done >'CALLED'
      env | sed 's/^/has /' >>'CALLED'
      echo '10:00:00.000 INFO  EXECUTION SUCCESS'
      """;

  private Path called;
  private SonarStandIn sonar;

  SonarIT() {
    super("sonar");
  }

  @BeforeEach
  void standIns() throws IOException {
    called = folder.resolve("called");
    program("java", "exit 9\n");
    scanner("");
    sonar = SonarStandIn.start();
    write("src/A.java", "class A {}\n");
  }

  @AfterEach
  void noLeaks() {
    sonar.close();
    assertThat(sonar.leaks()).as("arguments that show the token").isEmpty();
  }

  /** A scanner that ends with these further commands. */
  private void scanner(String end) throws IOException {
    program("sonar-scanner", STAND_IN.replace("CALLED", called.toString()) + end);
  }

  private Map<String, String> with(String... variables) {
    Map<String, String> all = new HashMap<>();
    all.put("SCAN_REPORT_TYPE", "application/vnd.sonar.issues+json");
    all.put("SONAR_HOST_URL", sonar.url() + "/");
    all.put("SONAR_TOKEN", SonarStandIn.TOKEN);
    for (int i = 0; i < variables.length; i += 2) {
      all.put(variables[i], variables[i + 1]);
    }
    return all;
  }

  @Test
  void tellsWhatTheServerHasFound() throws IOException, InterruptedException {
    sonar.has(3, "MAJOR", "VULNERABILITY");

    JsonNode report = scanned(with());

    assertThat(report.path("issues")).hasSize(3);
    assertThat(report.path("total").asInt()).isEqualTo(3);
    assertThat(report.at("/rules/0/name").asText()).isEqualTo("One");
    assertThat(report.at("/qualityGate/status").asText()).isEqualTo("ERROR");
    assertThat(report.path("serverVersion").asText()).isEqualTo("26.9.0.129388");
    assertThat(report.path("analysisId").asText()).isEqualTo("a-1");
    assertThat(server.coverage()).contains(Coverage.FULL);
  }

  @Test
  void settingsOfTheSourceAreNotRead() throws IOException, InterruptedException {
    write("sonar-project.properties", "sonar.exclusions=**\n");

    scanned(with("SONAR_SCANNER_JSON_PARAMS", "{\"sonar.exclusions\":\"**\"}"));

    List<String> lines = Files.readAllLines(called);
    assertThat(lines)
        .contains("word -Dsonar.sources=.", "word -Dsonar.scm.disabled=true")
        .contains("word -Dsonar.projectBaseDir=" + project)
        .anyMatch(it -> it.startsWith("word -Dproject.settings=" + folder.resolve("tmp")))
        .noneMatch(
            it -> it.startsWith("setting ") || it.startsWith("has SONAR_SCANNER_JSON_PARAMS"));
    // Git would run what the settings of a repository name.
    assertThat(lines).anyMatch(it -> it.matches("has GIT_DIR=.*/no-repository"));
  }

  @Test
  void linksAreNotFollowed() throws IOException, InterruptedException {
    link("B.java", OUTSIDE);
    write("src/odd\nname*,.java", "class Odd {}\n");

    scanned(with());

    assertThat(Files.readString(called))
        .contains("class A {}", "class Odd {}")
        .doesNotContain(OUTSIDE, "linked-B.java", "word -Dsonar.projectBaseDir=" + project);
  }

  @Test
  void wordsInTheSourceSilenceNothing() throws IOException, InterruptedException {
    write("src/B.java", "@SuppressWarnings(\"all\")\nclass B { int b; // nosonar NOSONAR\n}\n");

    scanned(with());

    assertThat(Files.readString(called))
        .contains("class A {}", "class B { int b; // no-sona no-sona")
        .doesNotContain("@SuppressWarnings", "-Dsonar.projectBaseDir=" + project);
  }

  @Test
  void largeTextsAreLeftOutAndTold() throws IOException, InterruptedException {
    write("src/B.sql", "select 1;\n".repeat(2_100_000));
    write("src/b.bin", "\0".repeat(21_000_000));

    JsonNode report = scanned(with());

    assertThat(report.path("errors").findValuesAsText("msg"))
        .containsExactly("1 files of more than 20971520 bytes were left out");
    assertThat(server.coverage()).contains(Coverage.PARTIAL);
  }

  @Test
  void sourceWithoutAKnownLanguageIsNotLookedAt() throws IOException, InterruptedException {
    scanner("echo '10:00:00.000 INFO  0 languages detected in 1 preprocessed file (done)'\n");

    scanned(with());

    assertThat(server.coverage()).contains(Coverage.PARTIAL);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-,           -,   acme-1:shop",
        "main,        -,   acme-1:shop:main",
        "feature/x.y, -,   acme-1:shop:feature:x.y",
        "feature:x.y, -,   acme-1:shop::[0-9a-f]{64}",
        "../x,        -,   acme-1:shop::[0-9a-f]{64}",
        "main,        sub, acme-1:shop::[0-9a-f]{64}",
        "-,           sub, acme-1:shop::[0-9a-f]{64}",
      })
  void projectIsThatOfTenantProjectAndRef(
      @Nullable String ref, @Nullable String subpath, String key)
      throws IOException, InterruptedException {
    Map<String, String> order = with();
    if (ref != null) {
      order.put("SCAN_TARGET_REF", ref);
    }
    if (subpath != null) {
      order.put("SCAN_TARGET_SUBPATH", subpath);
    }

    scanned(order);

    assertThat(Set.copyOf(sonar.projects())).hasSize(1);
    String project = sonar.projects().getFirst();
    assertThat(project).matches(key).matches("[A-Za-z0-9_.:-]{1,400}");
    assertThat(Files.readAllLines(called)).contains("word -Dsonar.projectKey=" + project);
  }

  @Test
  void longRefsFitIntoAKey() throws IOException, InterruptedException {
    scanned(with("SCAN_PROJECT_KEY", "p".repeat(128), "SCAN_TARGET_REF", "r".repeat(255)));

    assertThat(sonar.projects().getFirst()).matches("acme-1:p{128}::[0-9a-f]{64}");
  }

  @Test
  void bothEndsOfALongListAreRead() throws IOException, InterruptedException {
    sonar.has(11_001, "MINOR", "CODE_SMELL");

    JsonNode report = scanned(with());

    assertThat(keys(report)).hasSize(11_001);
    assertThat(server.coverage()).contains(Coverage.FULL);
  }

  /** Of one severity and kind, 20,000 can be had. */
  @Test
  void whatCannotBeReadIsToldToBeMissing() throws IOException, InterruptedException {
    sonar.has(20_700, "MINOR", "CODE_SMELL").has(30, "BLOCKER", "VULNERABILITY");

    JsonNode report = scanned(with());

    assertThat(report.path("total").asInt()).isEqualTo(20_730);
    assertThat(keys(report)).hasSize(20_030).contains("i20701", "i20730", "i1", "i20700");
    assertThat(report.at("/issues/0/severity").asText()).isEqualTo("BLOCKER");
    assertThat(server.coverage()).contains(Coverage.PARTIAL);
  }

  private static Set<String> keys(JsonNode report) {
    Set<String> keys = new HashSet<>();
    report.path("issues").forEach(it -> keys.add(it.path("key").asText()));
    assertThat(keys).as("issues that are told twice").hasSize(report.path("issues").size());
    return keys;
  }

  @Test
  void taskIsWaitedFor() throws IOException, InterruptedException {
    sonar.task("\"status\": \"PENDING\"").task("\"status\": \"IN_PROGRESS\"");

    assertThat(scanned(with()).path("analysisId").asText()).isEqualTo("a-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"status\": \"FAILED\", \"errorMessage\": \"no disk\\nat x\""
            + " | SonarQube could not process the analysis: no disk",
        "\"status\": \"FAILED\" | SonarQube could not process the analysis: it does not say why",
        "\"status\": \"CANCELED\" | the analysis was cancelled in SonarQube",
        "\"status\": \"ODD\" | SonarQube has the task in a state that is not known: ODD",
      })
  void taskThatFailsIsTold(String task, String reason) throws IOException, InterruptedException {
    sonar.task(task);

    assertThat(failed(1, with())).endsWith("ended with exit code 1: " + reason);
  }

  @Test
  void scannerThatFailsTellsWhy() throws IOException, InterruptedException {
    scanner(
        """
        echo '10:00:00.001 ERROR [stderr] WARNING: nothing of interest'
        echo '10:00:00.002 ERROR Unable to parse file: a.py'
        echo '10:00:00.003 ERROR Validation of project failed:'
        printf '  o "a/b" is not valid\\n\\tat org.sonar.X(X.java:1)\\n'
        echo '10:00:00.004 INFO  EXECUTION FAILURE'
        exit 3
        """);

    assertThat(failed(1, with()))
        .endsWith(
            "sonar-scanner ended with exit code 3: Validation of project failed:"
                + " o \"a/b\" is not valid");
  }

  @Test
  void filesThatCouldNotBeReadAreMissing() throws IOException, InterruptedException {
    scanner(
        """
        echo "10:00:00.001 ERROR Unable to parse source file : 'A.java'"
        echo '10:00:00.002 WARN  Failed to parse file [a.js] at line 2: Unexpected token (2:0)'
        """);

    JsonNode report = scanned(with());

    assertThat(report.path("errors").findValuesAsText("msg"))
        .containsExactly(
            "Failed to parse file [a.js] at line 2: Unexpected token (2:0)",
            "Unable to parse source file : 'A.java'");
    assertThat(server.coverage()).contains(Coverage.PARTIAL);
  }

  @Test
  void issuesAreReadAgainWhereTheyHaveChanged() throws IOException, InterruptedException {
    sonar.has(2, "MAJOR", "BUG").analysed("1").analysed("2");

    assertThat(scanned(with()).path("issues")).hasSize(2);
    assertThat(sonar.projects()).hasSize(4);
    assertThat(server.coverage()).contains(Coverage.FULL);
  }

  @Test
  void issuesThatChangeAllTheTimeAreAMixture() throws IOException, InterruptedException {
    for (int i = 0; i < 6; i++) {
      sonar.analysed(Integer.toString(i));
    }

    scanned(with());

    assertThat(server.coverage()).contains(Coverage.PARTIAL);
  }

  @Test
  void serverThatComesLateIsAskedAgain() throws IOException, InterruptedException {
    sonar.answers("/api/ce/task", 503, "").answers("/api/issues/search", 502, "<html>");

    scanned(with());

    assertThat(server.coverage()).contains(Coverage.FULL);
  }

  @Test
  void answerThatIsNoneEndsTheScan() throws IOException, InterruptedException {
    sonar.answers("/api/issues/search", 200, "<html>");

    assertThat(failed(5, with()))
        .endsWith("what SonarQube answered to api/issues/search is not what it should be");
  }

  @Test
  void tokenThatIsRefusedIsTold() throws IOException, InterruptedException {
    assertThat(failed(5, with("SONAR_TOKEN", "sqa_another")))
        .endsWith("SonarQube refuses the token for api/server/version (401)")
        .doesNotContain("sqa_another");
  }

  @ParameterizedTest
  @CsvSource({
    "SONAR_TOKEN, '', SONAR_TOKEN is not set",
    "SONAR_TOKEN, 'a\"b', SONAR_TOKEN is no token",
    "SONAR_HOST_URL, '', SONAR_HOST_URL is not set",
    "SONAR_HOST_URL, file:///etc/passwd, 'SONAR_HOST_URL is no address, or has user info in it'",
    "SONAR_HOST_URL, http://a:b@c, 'SONAR_HOST_URL is no address, or has user info in it'",
    "SCAN_PROJECT_KEY, Shop:a, SCAN_PROJECT_KEY is none",
  })
  void orderThatMakesNoSenseIsRefused(String name, String value, String reason)
      throws IOException, InterruptedException {
    assertThat(failed(2, with(name, value))).endsWith(reason);
  }
}
