package dev.mystical.scanner.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.domain.report.Coverage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** scanners/flawfinder. */
class FlawfinderIT extends ScannerTest {
  private static final String BAD = "void f(char *b) { gets(b); }\n";
  private static final String GETS = "FF1014 ";

  FlawfinderIT() {
    super("flawfinder");
  }

  @Test
  void findsWhatIsWrong() throws IOException, InterruptedException {
    requireFlawfinder();
    write("src/bad.c", "\n" + BAD);
    write("src/also.hpp", BAD);
    Files.writeString(project.resolve("latin.c"), "// \u00e9\u00ff\n" + BAD, ISO_8859_1);

    JsonNode report = scanned(Map.of());

    assertThat(findings(report))
        .containsExactly(GETS + "latin.c:2", GETS + "src/also.hpp:1", GETS + "src/bad.c:2");
    assertThat(server.coverage()).contains(Coverage.FULL);
  }

  @Test
  void findsNothingWhereNothingIsWrong() throws IOException, InterruptedException {
    requireFlawfinder();
    write("src/good.c", "int main(void) { return 0; }\n");

    assertThat(findings(scanned(Map.of()))).isEmpty();
    assertThat(server.coverage()).contains(Coverage.FULL);
  }

  @Test
  void isNotSilencedByTheProject() throws IOException, InterruptedException {
    requireFlawfinder();
    write("bad.c", "void f(char *b) { gets(b); } // Flawfinder: ignore\n");
    write(".hidden/bad.c", BAD);
    write("-allowlink.c", BAD);
    write("a\nname\"%.c", BAD);
    write("flawfinder.py", "raise SystemExit(0)\n");
    write("json.py", "raise SystemExit(0)\n");
    link("other.c", "void " + OUTSIDE + "(char *b) { gets(b); }\n");

    JsonNode report = scanned(Map.of("PYTHONPATH", project.toString()));

    assertThat(findings(report))
        .containsExactly(
            GETS + "-allowlink.c:1",
            GETS + ".hidden/bad.c:1",
            GETS + "a%0Aname%22%25.c:1",
            GETS + "bad.c:1");
    assertThat(troubles(report)).isEmpty();
  }

  @Test
  void filesThatAreTooLargeAreMissing() throws IOException, InterruptedException {
    requireFlawfinder();
    write("bad.c", BAD);
    try (RandomAccessFile large =
        new RandomAccessFile(Files.createFile(project.resolve("large.c")).toFile(), "rw")) {
      large.setLength(3L << 30);
    }

    JsonNode report = scanned(Map.of());

    assertThat(findings(report)).containsExactly(GETS + "bad.c:1");
    assertThat(troubles(report)).containsExactly("large.c: has more than 16777216 bytes");
    assertThat(server.coverage()).contains(Coverage.PARTIAL);
  }

  @Test
  void projectWithoutSourcesIsNotCalledClean() throws IOException, InterruptedException {
    requirePython();
    program("flawfinder", "exit 1\n");
    write("README.md", "# Nothing\n");

    assertThat(troubles(scanned(Map.of())))
        .singleElement()
        .asString()
        .contains("nothing was looked at");
    assertThat(server.coverage()).contains(Coverage.PARTIAL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "echo 'Error: failed to open x'; exit 14 | 14 | flawfinder ended with exit code 14",
        "exit 0 | 1 | flawfinder wrote no report",
        "echo '{\"version\":\"2.1.0\",\"runs\":[]}' | 1 | flawfinder wrote no report",
        "kill -SEGV $$ | 1 | flawfinder ended with exit code -11",
      })
  void brokenToolIsToldAsOne(String script, int exitCode, String reason)
      throws IOException, InterruptedException {
    requirePython();
    program("flawfinder", script + "\n");
    write("bad.c", BAD);

    assertThat(failed(exitCode, Map.of()))
        .isEqualTo("flawfinder ended with exit code %d: %s".formatted(exitCode, reason));
  }

  private static void requireFlawfinder() {
    requirePython();
    NpmTools.require(Programs.exists("flawfinder"), "flawfinder is not installed");
  }

  private static void requirePython() {
    NpmTools.require(Programs.exists("python3"), "python3 is not installed");
  }
}
