package dev.mystical.scanner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is too large, with a copy of the agent whose limits are small: 20 files of 100,000 bytes in
 * all, 20,000 bytes packed.
 */
class SourceLimitsIT extends SourceTest {
  private static final String TOO_LARGE = "has more than 20 files or 100000 bytes";
  private Path agent;

  @BeforeEach
  void copyAgent() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("small"));
    for (String name : List.of("agent", "calls.sh", "children.sh", "text.sh", "vet-tar.awk")) {
      Files.copy(
          AgentRun.SCANNERS.resolve("agent").resolve(name),
          copy.resolve(name),
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    for (String name : List.of("fetch-git", "fetch-archive")) {
      String text = Files.readString(AgentRun.SCANNERS.resolve("agent").resolve(name));
      assertThat(text).contains("most_files=500000", "most_bytes=4294967296");
      Path file =
          Files.writeString(
              copy.resolve(name),
              text.replace("most_files=500000", "most_files=20")
                  .replace("most_bytes=4294967296", "most_bytes=100000")
                  .replace("--max-filesize 1073741824", "--max-filesize 20000"));
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    agent = copy.resolve("agent");
  }

  private String refusedAsTooLarge(Map<String, String> order)
      throws IOException, InterruptedException {
    try (AgentRun run = AgentRun.start(agent, folder, order, "sh", "-c", "echo scanned")) {
      run.ended(3);
      assertThat(run.output()).doesNotContain("scanned");
    }
    assertThat(folder.resolve("tmp")).isEmptyDirectory();
    return server.await("complete").json().path("error").asText();
  }

  private Map<String, String> archive(Path file) throws IOException {
    String hash;
    try {
      hash =
          HexFormat.of()
              .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    return order(
        "SCAN_TARGET_TYPE",
        "archive",
        "SCAN_TARGET_URL",
        source.url("/files/" + file.getFileName()),
        "SCAN_TARGET_SHA256",
        hash);
  }

  @Test
  void tarOfTooManyFiles() throws IOException, InterruptedException {
    Tar tar = new Tar();
    for (int i = 0; i < 21; i++) {
      tar.entry(Tar.FILE, "file" + i, "");
    }

    assertThat(refusedAsTooLarge(archive(tar.write(sources.resolve("many.tar.gz")))))
        .endsWith("it has more than 20 entries");
  }

  @Test
  void tarThatUnpacksToTooMuch() throws IOException, InterruptedException {
    Path file = sources.resolve("zeros.tar.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(new byte[100_001]);
    }

    assertThat(refusedAsTooLarge(archive(file))).endsWith(TOO_LARGE);
  }

  /** It is short in the archive as well as in between. */
  @Test
  void fileThatIsMostlyHoles() throws IOException, InterruptedException {
    Path tree = Files.createDirectory(folder.resolve("tree"));
    try (RandomAccessFile holes = new RandomAccessFile(tree.resolve("holes").toFile(), "rw")) {
      holes.setLength(1L << 30);
    }
    Path file = sources.resolve("holes.tar");
    Programs.run(
        tree, Map.of(), List.of("tar", "--create", "--sparse", "--file", file.toString(), "holes"));

    assertThat(refusedAsTooLarge(archive(file))).endsWith("files have more than 100000 bytes");
  }

  @Test
  void zipOfTooManyFiles() throws IOException, InterruptedException {
    assertThat(refusedAsTooLarge(archive(zip(21, 0)))).endsWith(TOO_LARGE);
  }

  @Test
  void zipThatUnpacksToTooMuch() throws IOException, InterruptedException {
    assertThat(refusedAsTooLarge(archive(zip(2, 60_000)))).endsWith(TOO_LARGE);
  }

  private Path zip(int files, int bytes) throws IOException {
    Path file = sources.resolve("source.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < files; i++) {
        out.putNextEntry(new ZipEntry("file" + i));
        out.write(new byte[bytes]);
        out.closeEntry();
      }
    }
    return file;
  }

  @Test
  void downloadOfTooMuch() throws IOException, InterruptedException {
    Path file = Files.write(sources.resolve("large.tar"), new byte[20_001]);

    assertThat(refusedAsTooLarge(archive(file))).contains("cannot download it: curl ended with 63");
  }

  @Test
  void repositoryOfTooManyBytes() throws IOException, InterruptedException {
    GitRepository large = GitRepository.create(sources.resolve("large"));
    large.write("a.txt", "a".repeat(60_000)).write("b.txt", "a".repeat(60_000)).commit();

    assertThat(
            refusedAsTooLarge(
                order("SCAN_TARGET_TYPE", "git", "SCAN_TARGET_URL", source.url("/git/large"))))
        .contains(TOO_LARGE);
  }
}
