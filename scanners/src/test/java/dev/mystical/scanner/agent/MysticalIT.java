package dev.mystical.scanner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.domain.report.Coverage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * scanners/mystical, with a stand-in for Bearer: a program that writes down how it was called,
 * looks at what it was given, and writes what Bearer would.
 */
class MysticalIT extends ScannerTest {
  private static final String CLEAN =
      "{\"source\":\"Bearer\",\"version\":\"2.1.0\",\"findings\":null,\"errors\":[]}";

  /** Finds every line with eval that no comment on it disables, wherever a link leads. */
  private static final String STAND_IN =
      """
      { for word; do printf 'word %s\\n' "$word"; done; env | sed 's/^/has /'; } >'CALLED'
      target=$2 output=''
      while [ $# -gt 0 ]; do
        [ "$1" != --output ] || output=$2
        [ "$1" != --ignore-file ] || [ ! -e "$target/$2" ] || exit 9
        shift
      done
      [ -n "$output" ] || exit 8
      cd "$target" || exit 7
      findings=$(grep -RIns eval . | grep -v bearer:disable | sed 's|^[.]/||' | while IFS=: read -r f l _; do
        printf ',{"cwe_ids":["95"],"id":"eval","title":"Eval","severity":"high","line_number":%d,' "$l"
        printf '"filename":"%s","full_filename":"%s/%s","fingerprint":"f_0"}' "$f" "$target" "$f"
      done)
      [ -z "$findings" ] || findings="[${findings#,}]"
      printf '{"source":"Bearer","version":"2.1.0","findings":%s,"errors":ERRORS}' \\
        "${findings:-null}" >"$output"
      """;

  private Path called;

  MysticalIT() {
    super("mystical");
  }

  @BeforeEach
  void standIn() throws IOException {
    called = folder.resolve("called");
    bearer("[]");
    Path rules = Files.createDirectories(folder.resolve("tools/rules/java"));
    Files.writeString(rules.resolve("eval.yml"), "metadata: {id: eval}\n");
  }

  private void bearer(String errors) throws IOException {
    program("bearer", STAND_IN.replace("CALLED", called.toString()).replace("ERRORS", errors));
  }

  private Map<String, String> with(String... variables) {
    Map<String, String> all = new HashMap<>();
    all.put("SCANNER_TOOLS", folder.resolve("tools").toString());
    all.put("SCAN_REPORT_TYPE", "application/vnd.bearer.v2+json");
    for (int i = 0; i < variables.length; i += 2) {
      all.put(variables[i], variables[i + 1]);
    }
    return all;
  }

  @Test
  void findsWhatIsWrong() throws IOException, InterruptedException {
    write("src/a.js", "\neval(x)\n");

    JsonNode report = scanned(with());

    assertThat(report.at("/findings/0/filename").asText()).isEqualTo("src/a.js");
    assertThat(report.at("/findings/0/line_number").asInt()).isEqualTo(2);
    assertThat(server.coverage()).contains(Coverage.FULL);
  }

  @Test
  void findsNothingWhereNothingIsWrong() throws IOException, InterruptedException {
    write("src/a.js", "one()\n");

    assertThat(scanned(with())).hasToString(CLEAN);
    assertThat(server.coverage()).contains(Coverage.FULL);
  }

  @Test
  void getsOurSettingsAlone() throws IOException, InterruptedException {
    write("src/a.js", "one()\n");

    scanned(
        with(
            "BEARER_SKIP_PATH", "*",
            "BEARER_API_KEY", "key",
            "DIFF_BASE_BRANCH", "main",
            "SCANNER", "secrets",
            "SHA", "0"));

    List<String> lines = Files.readAllLines(called);
    assertThat(lines)
        .contains(
            "word --disable-default-rules",
            "word " + folder.resolve("tools/rules"),
            "word --skip-git-ignore",
            "word --skip-test=false",
            "word critical,high,medium,low,warning",
            "word jsonv2",
            "word --no-extract",
            "word --quiet",
            "word --hide-progress-bar",
            "word --disable-version-check",
            "word --force");
    assertThat(String.join("\n", lines)).contains("word --exit-code\nword 0\n");
    assertThat(lines.get(0)).isEqualTo("word scan");
    assertThat(after(lines, "word --config-file")).startsWith("word " + folder.resolve("tmp"));
    assertThat(after(lines, "word --ignore-file")).startsWith("word " + folder.resolve("tmp"));
    assertThat(lines)
        .filteredOn(line -> line.startsWith("has "))
        .allMatch(line -> line.matches("has (PATH|HOME|TMPDIR|LC_ALL|PWD|OLDPWD|SHLVL|_)=.*"));
  }

  private static String after(List<String> lines, String line) {
    return lines.get(lines.indexOf(line) + 1);
  }

  @Test
  void isNotSilencedByTheProject() throws IOException, InterruptedException {
    write("bearer.yml", "rule: {only-rule: [none]}\n");
    write("bearer.ignore", "{\"f_0\":{}}");
    write("a.js", "eval(x) // bearer:disable eval\n");
    write("a\nname.txt", "bearer:disable\n");
    link("other.js", "eval(" + OUTSIDE + ")\n");

    JsonNode report = scanned(with());

    assertThat(report.at("/findings")).hasSize(1);
    assertThat(report.at("/findings/0/filename").asText()).isEqualTo("a.js");
  }

  @Test
  void linksLeadNowhere() throws IOException, InterruptedException {
    write("a.js", "one()\n");
    link("other.js", "eval(" + OUTSIDE + ")\n");

    assertThat(scanned(with())).hasToString(CLEAN);
  }

  @Test
  void filesThatItCouldNotReadAreMissing() throws IOException, InterruptedException {
    bearer("[{\"type\":\"file_failed\",\"filename\":\"b.js\",\"error\":\"timeout\"}]");
    write("a.js", "eval(x)\n");

    scanned(with());

    assertThat(server.coverage()).contains(Coverage.PARTIAL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "critical | word critical",
        "high | word critical,high",
        "medium | word critical,high,medium",
        "low | word critical,high,medium,low",
      })
  void leastSeverityIsAnOption(String option, String word)
      throws IOException, InterruptedException {
    write("a.js", "eval(x)\n");

    scanned(with("SCAN_OPT_SEVERITY", option, "SCAN_OPT_SKIP_TEST", "true"));

    assertThat(Files.readAllLines(called)).contains(word, "word --skip-test=true");
  }

  @Test
  void unknownSeverityIsRefused() throws IOException, InterruptedException {
    write("a.js", "eval(x)\n");

    assertThat(failed(2, with("SCAN_OPT_SEVERITY", "high --skip-path *")))
        .isEqualTo(
            "mystical ended with exit code 2: "
                + "SEVERITY is none of critical, high, medium, low, warning");
    assertThat(called).doesNotExist();
  }

  @Test
  void emptyProjectIsNotCalledClean() throws IOException, InterruptedException {
    write("empty.js", "");

    scanned(with());

    assertThat(server.coverage()).contains(Coverage.PARTIAL);
    assertThat(called).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "echo 'report error: no rules'; exit 1 | 1 | report error: no rules",
        "exit 0 | 1 | bearer wrote no report",
      })
  void brokenToolIsToldAsOne(String script, int exitCode, String reason)
      throws IOException, InterruptedException {
    program("bearer", script + "\n");
    write("a.js", "eval(x)\n");

    assertThat(failed(exitCode, with()))
        .isEqualTo("mystical ended with exit code %d: %s".formatted(exitCode, reason));
  }

  @Test
  void withoutRulesItDoesNotBegin() throws IOException, InterruptedException {
    write("a.js", "eval(x)\n");

    assertThat(failed(127, with("SCANNER_TOOLS", folder.resolve("none").toString())))
        .contains("there are no rules in ");
    assertThat(called).doesNotExist();
  }
}
