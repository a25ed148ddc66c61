package dev.mystical.scanner.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources in archives, good and bad. */
class ArchiveSourceIT extends SourceTest {

  private Map<String, String> archive(Path file) throws IOException {
    return order(
        "SCAN_TARGET_TYPE",
        "archive",
        "SCAN_TARGET_URL",
        source.url("/files/" + file.getFileName() + "?X-Amz-Signature=c2lnbmF0dXJl"),
        "SCAN_TARGET_SHA256",
        sha256(file));
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path tar(Tar tar) throws IOException {
    return tar.write(sources.resolve("source.tar.gz"));
  }

  @Test
  void tarIsUnpackedAndItsLinksAreLeftOut() throws IOException, InterruptedException {
    Tar tar =
        new Tar()
            .entry(Tar.FOLDER, "./shop-1.0/", "")
            .file("./shop-1.0/a b -> c.txt", "first")
            .file("shop-1.0/..b.txt", "second")
            .file("shop-1.0/c\nd.txt", "third")
            .entry(Tar.LINK, "shop-1.0/docs/read me", "../..b.txt")
            .entry(Tar.LINK, "shop-1.0/self -> x", "./shop")
            .entry(Tar.HARD_LINK, "shop-1.0/same", "shop-1.0/..b.txt");

    assertThat(fetched(archive(tar(tar))))
        .contains(
            "file ./shop-1.0/a b -> c.txt first\n",
            "file ./shop-1.0/..b.txt second\n",
            "file ./shop-1.0/same second\n")
        .doesNotContain("odd ", "X-Amz-Signature", "read me");
  }

  @Test
  void plainTarIsUnpacked() throws IOException, InterruptedException {
    Path file = Files.write(sources.resolve("plain.tar"), new Tar().file("a.txt", "first").bytes());

    assertThat(fetched(archive(file))).contains("file ./a.txt first\n");
  }

  @Test
  void zipIsUnpacked() throws IOException, InterruptedException {
    Path file = zip("shop/a.txt", "shop/b c.txt");

    assertThat(fetched(archive(file)))
        .contains("file ./shop/a.txt text\n", "file ./shop/b c.txt text\n");
  }

  @Test
  void hashThatIsWrittenInCapitalsIsTheSame() throws IOException, InterruptedException {
    Map<String, String> order = archive(tar(new Tar().file("a.txt", "first")));
    order.computeIfPresent("SCAN_TARGET_SHA256", (name, hash) -> hash.toUpperCase(Locale.ROOT));

    assertThat(fetched(order)).contains("file ./a.txt first\n");
  }

  @Test
  void anotherHashIsRefused() throws IOException, InterruptedException {
    Map<String, String> order = archive(tar(new Tar().file("a.txt", "first")));
    order.put("SCAN_TARGET_SHA256", "0".repeat(64));

    assertThat(refused(order)).contains("its SHA-256 is ", ", not 000000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | /etc/cron.d/evil | | it has an entry that leads out of it",
        "0 | ../evil | | it has an entry that leads out of it",
        "0 | a/../../evil | | it has an entry that leads out of it",
        "0 | a/.. | | it has an entry that leads out of it",
        "2 | link | /etc/passwd | it has a link that leads out of it",
        "2 | link | .. | it has a link that leads out of it",
        "2 | a/b/link | ../../../etc | it has a link that leads out of it",
        "2 | a/b -> c | x/../../../etc | it has a link that leads out of it",
        "1 | link | /etc/passwd | it has a link that leads out of it",
        "1 | a/link | ../etc/passwd | it has a link that leads out of it",
        "3 | device | | it has an entry that is neither a file nor a folder nor a link",
        "6 | pipe | | it has an entry that is neither a file nor a folder nor a link",
      })
  void tarThatLeadsOutIsRefused(char type, String name, String target, String reason)
      throws IOException, InterruptedException {
    String to = target == null ? "" : target;
    Tar tar = new Tar().file("good.txt", "good").entry(type, name, to);

    assertThat(refused(archive(tar(tar)))).endsWith(reason);
    assertThat(folder.resolve("tmp")).isEmptyDirectory();
  }

  /** Each link stays inside, but what is written through the second is not. */
  @Test
  void tarThatWritesThroughLinksIsRefused() throws IOException, InterruptedException {
    Tar tar =
        new Tar()
            .entry(Tar.FOLDER, "x/", "")
            .entry(Tar.LINK, "x/y", "..")
            .entry(Tar.LINK, "./z/", "x/y/..")
            .file("z/evil", "evil");

    assertThat(refused(archive(tar(tar)))).endsWith("it has an entry behind a link");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "/etc/evil", "a/../../evil", "a\\..\\evil"})
  void zipThatLeadsOutIsRefused(String name) throws IOException, InterruptedException {
    assertThat(refused(archive(zip("good.txt", name))))
        .endsWith("it has an entry that leads out of it");
  }

  @Test
  void linksInZipsAreLeftOut() throws IOException, InterruptedException {
    Path tree = Files.createDirectory(folder.resolve("tree"));
    Files.writeString(tree.resolve("a.txt"), "first");
    Files.createSymbolicLink(tree.resolve("link"), Path.of("/etc/passwd"));
    Path file = sources.resolve("links.zip");
    Programs.run(tree, Map.of(), List.of("zip", "-q", "-y", "-r", file.toString(), "."));

    assertThat(fetched(archive(file)))
        .contains("file ./a.txt first")
        .doesNotContain("./link", "root:");
  }

  /** Some megabytes that would be more than four gibibytes. */
  @Test
  void bombIsNotUnpacked() throws IOException, InterruptedException {
    Path file = sources.resolve("bomb.tar.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 4097; i++) {
        out.write(zeros);
      }
    }

    assertThat(refused(archive(file))).endsWith("has more than 500000 files or 4294967296 bytes");
    assertThat(folder.resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void whatIsNoArchiveIsRefused() throws IOException, InterruptedException {
    Path file =
        Files.writeString(sources.resolve("page.html"), "<html>not found</html>".repeat(99));

    assertThat(refused(archive(file))).endsWith("it is neither a whole tar file nor a zip file");
  }

  @Test
  void tarThatBreaksOffIsRefused() throws IOException, InterruptedException {
    byte[] whole = new Tar().file("a.txt", "x".repeat(5000)).bytes();
    Path file = Files.write(sources.resolve("half.tar"), Arrays.copyOf(whole, 3000));

    assertThat(refused(archive(file))).endsWith("it is neither a whole tar file nor a zip file");
  }

  @Test
  void whatIsNotThereIsSaidWithoutItsSignature() throws IOException, InterruptedException {
    Map<String, String> order = archive(tar(new Tar()));
    order.put("SCAN_TARGET_URL", source.url("/files/gone?X-Amz-Signature=c2lnbmF0dXJl"));

    assertThat(refused(order)).contains("404").doesNotContain("X-Amz");
  }

  @Test
  void redirectToAFileOfThisMachineIsNotFollowed() throws IOException, InterruptedException {
    Map<String, String> order = archive(tar(new Tar()));
    order.put("SCAN_TARGET_URL", source.url("/moved/x"));

    assertThat(refused(order)).contains("cannot download it");
  }

  @ParameterizedTest
  @CsvSource({
    "SCAN_TARGET_URL, file:///etc/passwd",
    "SCAN_TARGET_URL, --output=/etc/passwd",
    "SCAN_TARGET_URL, https://me:secret@127.0.0.1/a",
    "SCAN_TARGET_URL, 'https://127.0.0.1/\"'",
    "SCAN_TARGET_SHA256, ''",
    "SCAN_TARGET_SHA256, --check",
  })
  void orderThatMakesNoSenseIsRefused(String name, String value)
      throws IOException, InterruptedException {
    Map<String, String> order = archive(tar(new Tar().file("a.txt", "first")));
    order.put(name, value);

    assertThat(refused(order)).containsAnyOf("the address", "the archive has no SHA-256");
  }

  private Path zip(String... names) throws IOException {
    Path file = sources.resolve("source.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String name : names) {
        out.putNextEntry(new ZipEntry(name));
        out.write("text".getBytes(US_ASCII));
        out.closeEntry();
      }
    }
    return file;
  }
}
