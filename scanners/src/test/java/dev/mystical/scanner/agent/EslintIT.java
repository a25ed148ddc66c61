package dev.mystical.scanner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.domain.report.Coverage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** scanners/eslint. */
class EslintIT extends ScannerTest {
  private static final String BAD = "function run(x) { return eval(x); }\n";
  private static final String EVAL = "security/detect-eval-with-expression ";

  EslintIT() {
    super("eslint");
  }

  @Test
  void findsWhatIsWrong() throws IOException, InterruptedException {
    write("src/bad.js", BAD);
    write("src/module.mjs", "import cp from 'child_process';\nexport default (x) => cp.exec(x);\n");
    write("src/page.jsx", "export const page = (x) => <p>{eval(x)}</p>;\n");
    write("src/script.js", "with (a) { eval(b); var public = 010; }\n");
    write("src/common.cjs", "if (!process.argv[2]) return;\neval(process.argv[2]);\n");

    JsonNode report = scanned(NpmTools.of("eslint"));

    assertThat(findings(report))
        .contains(
            EVAL + "src/bad.js:1",
            EVAL + "src/common.cjs:2",
            EVAL + "src/page.jsx:1",
            EVAL + "src/script.js:1",
            "security/detect-child-process src/module.mjs:2");
    assertThat(report.at("/runs/0/tool/driver/version").asText()).isEqualTo("10.15.0");
    assertThat(report.at("/runs/0/tool/driver/rules/0/helpUri").asText()).startsWith("https://");
    assertThat(server.coverage()).contains(Coverage.FULL);
  }

  @Test
  void findsNothingWhereNothingIsWrong() throws IOException, InterruptedException {
    write("src/good.js", "export const one = 1;\n");

    assertThat(findings(scanned(NpmTools.of("eslint")))).isEmpty();
    assertThat(server.coverage()).contains(Coverage.FULL);
  }

  @Test
  void isNotSilencedByTheProject() throws IOException, InterruptedException {
    Path hit = folder.resolve("outside/hit");
    String run = "require('fs').writeFileSync('%s', '');module.exports = [];\n".formatted(hit);
    for (String file :
        new String[] {
          "eslint.config.js",
          "eslint.config.cjs",
          ".eslintrc.js",
          "node_modules/eslint/index.js",
          "node_modules/eslint-plugin-security/index.js",
          "node_modules/@microsoft/eslint-formatter-sarif/index.js",
        }) {
      write(file, run);
    }
    write("package.json", "{\"eslintConfig\":{\"rules\":{}},\"eslintIgnore\":[\"*\"]}");
    write(".eslintignore", "*\n");
    write(".gitignore", "*\n");
    write("bad.js", "/* eslint-disable */\n" + BAD + "// eslint-disable-line\n");
    write(".hidden/bad.js", BAD);
    write("node_modules/evil/bad.js", BAD);
    write("a\nname\"%[x].js", BAD);
    link("other.js", OUTSIDE + ".x = eval(" + OUTSIDE + ");\n");

    JsonNode report = scanned(NpmTools.of("eslint"));

    assertThat(findings(report))
        .filteredOn(it -> it.startsWith(EVAL))
        .containsExactly(
            EVAL + ".hidden/bad.js:1",
            EVAL + "a%0Aname%22%25%5Bx%5D.js:1",
            EVAL + "bad.js:2",
            EVAL + "node_modules/evil/bad.js:1");
    assertThat(troubles(report)).isEmpty();
    assertThat(hit).doesNotExist();
  }

  @Test
  void filesThatItCannotReadAreMissing() throws IOException, InterruptedException {
    write("bad.js", BAD);
    write("broken.js", "function ( {\n");
    try (RandomAccessFile large =
        new RandomAccessFile(Files.createFile(project.resolve("large.js")).toFile(), "rw")) {
      large.setLength(3L << 30);
    }

    JsonNode report = scanned(NpmTools.of("eslint"));

    assertThat(findings(report)).containsExactly(EVAL + "bad.js:1");
    assertThat(troubles(report))
        .containsExactly(
            "broken.js: line 1: Parsing error: Unexpected token (",
            "large.js: has more than 16777216 bytes");
    assertThat(server.coverage()).contains(Coverage.PARTIAL);
  }

  @Test
  void projectWithoutJavaScriptIsNotCalledClean() throws IOException, InterruptedException {
    write("README.md", "# Nothing\n");

    JsonNode report = scanned(NpmTools.of("eslint"));

    assertThat(findings(report)).isEmpty();
    assertThat(troubles(report)).singleElement().asString().contains("nothing was looked at");
    assertThat(server.coverage()).contains(Coverage.PARTIAL);
  }

  @Test
  void brokenToolIsToldAsOne() throws IOException, InterruptedException {
    Path tools = folder.resolve("tools");
    assertThat(failed(127, Map.of("SCANNER_TOOLS", tools.toString())))
        .isEqualTo("eslint ended with exit code 127: there is no ESLint in " + tools);
  }

  @Test
  void crashOfItsInterpreterIsToldAsOne() throws IOException, InterruptedException {
    Path tools = folder.resolve("tools");
    Files.createDirectories(tools.resolve("node_modules/eslint"));
    program("node", "echo 'FATAL ERROR: heap out of memory'; exit 134\n");
    assertThat(failed(134, Map.of("SCANNER_TOOLS", tools.toString())))
        .isEqualTo("eslint ended with exit code 134: FATAL ERROR: heap out of memory");
  }
}
