package dev.mystical.scanner.agent;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.domain.report.Coverage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** scanners/secretlint. */
class SecretlintIT extends ScannerTest {
  /** In parts, so that nobody's scanner takes this file for one that has a secret. */
  private static final String TOKEN = "ghp" + "_1234567890abcdefghijABCDEFGHIJ123456";

  private static final String FOUND = "@secretlint/secretlint-rule-github ";

  SecretlintIT() {
    super("secretlint");
  }

  @Test
  void findsSecretsAndKeepsThemSecret() throws IOException, InterruptedException {
    write(".env", "A=1\nTOKEN=" + TOKEN + "\n");
    write("deep/notes.txt", TOKEN + "\n");
    Files.write(project.resolve("wide.txt"), ("\uFEFF" + TOKEN).getBytes(UTF_16LE));
    Files.write(project.resolve("image.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1});

    JsonNode report = scanned(NpmTools.of("secretlint"));

    assertThat(findings(report))
        .containsExactly(FOUND + ".env:2", FOUND + "deep/notes.txt:1", FOUND + "wide.txt:1");
    assertThat(report.toString()).doesNotContain(TOKEN);
    assertThat(report.at("/runs/0/tool/driver/version").asText()).isEqualTo("13.0.6");
    assertThat(server.coverage()).contains(Coverage.FULL);
  }

  @Test
  void findsNothingWhereNothingIsWrong() throws IOException, InterruptedException {
    write("README.md", "# No secrets\n");

    assertThat(findings(scanned(NpmTools.of("secretlint")))).isEmpty();
    assertThat(server.coverage()).contains(Coverage.FULL);
  }

  @Test
  void isNotSilencedByTheProject() throws IOException, InterruptedException {
    write(".secretlintrc.json", "{\"rules\":[]}");
    write(".secretlintrc.js", "require('fs').writeFileSync('../hit', ''); module.exports = {};\n");
    write("package.json", "{\"secretlint\":{\"rules\":[]}}");
    write(".secretlintignore", "*\n");
    write(".gitignore", "*\n");
    write("node_modules/@secretlint/core/package.json", "{\"main\":\"none.js\"}");
    write("disabled.txt", "# secretlint-disable\nT=" + TOKEN + " # secretlint-disable-line\n");
    write("a\nname\"%[x].txt", TOKEN + "\n");
    write("token.png", TOKEN + "\n");
    link("other.txt", OUTSIDE + "=" + TOKEN.replace('1', '2') + "\n");

    JsonNode report = scanned(NpmTools.of("secretlint"));

    assertThat(findings(report))
        .containsExactly(
            FOUND + "a%0Aname%22%25%5Bx%5D.txt:1", FOUND + "disabled.txt:2", FOUND + "token.png:1");
    assertThat(troubles(report)).isEmpty();
    assertThat(folder.resolve("outside/hit")).doesNotExist();
  }

  @Test
  void textThatIsTooLargeIsMissing() throws IOException, InterruptedException {
    write("small.txt", TOKEN + "\n");
    Path large = write("large.txt", "a".repeat(9_000));
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(3L << 30);
    }

    JsonNode report = scanned(NpmTools.of("secretlint"));

    assertThat(findings(report)).containsExactly(FOUND + "small.txt:1");
    assertThat(troubles(report)).containsExactly("large.txt: has more than 16777216 bytes");
    assertThat(server.coverage()).contains(Coverage.PARTIAL);
  }

  @Test
  void emptyProjectIsNotCalledClean() throws IOException, InterruptedException {
    assertThat(troubles(scanned(NpmTools.of("secretlint")))).hasSize(1);
    assertThat(server.coverage()).contains(Coverage.PARTIAL);
  }

  @Test
  void brokenToolIsToldAsOne() throws IOException, InterruptedException {
    Path tools = folder.resolve("tools");
    assertThat(failed(127, Map.of("SCANNER_TOOLS", tools.toString())))
        .isEqualTo("secretlint ended with exit code 127: there is no secretlint in " + tools);
  }
}
