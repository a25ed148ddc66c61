package dev.mystical.scanner.local.scanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaSourcesTest {

  @TempDir private Path folder;

  @Test
  void javaFilesAreFoundInOrder() throws IOException {
    write("src/B.java");
    write("src/a/A.java");
    write("src/readme.txt");

    assertThat(found()).containsExactly("src/B.java", "src/a/A.java");
  }

  @Test
  void builtAndHiddenFoldersAreLeftOut() throws IOException {
    write("src/A.java");
    write(".git/B.java");
    write("target/generated/C.java");
    write("pom.xml");

    assertThat(found()).containsExactly("src/A.java");
  }

  /** A package may well be called target or build; only build tools make them output. */
  @Test
  void foldersThatOnlySoundBuiltAreLookedAt() throws IOException {
    write("src/target/A.java");
    write("src/build/B.java");

    assertThat(found()).containsExactly("src/build/B.java", "src/target/A.java");
  }

  @Test
  void linksAreNotFollowed(@TempDir Path elsewhere) throws IOException {
    write("A.java");
    Files.writeString(elsewhere.resolve("Secret.java"), "");
    Files.createSymbolicLink(folder.resolve("out"), elsewhere);
    Files.createSymbolicLink(folder.resolve("Out.java"), elsewhere.resolve("Secret.java"));

    assertThat(found()).containsExactly("A.java");
  }

  @Test
  void folderWithoutSourcesIsNotScannable() {
    assertThatThrownBy(() -> JavaSources.below(folder))
        .isInstanceOfSatisfying(
            ScanBroken.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NOT_SCANNABLE))
        .hasMessageContaining("no Java source");
  }

  private List<String> found() {
    return JavaSources.below(folder).files().stream()
        .map(file -> folder.relativize(file).toString())
        .toList();
  }

  private void write(String file) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.resolve("..").normalize());
    Files.writeString(path, "");
  }
}
