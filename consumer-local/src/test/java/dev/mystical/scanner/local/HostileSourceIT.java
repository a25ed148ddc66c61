package dev.mystical.scanner.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mystical.scanner.local.scanner.LocalProvider;
import dev.mystical.scanner.local.scanner.LocalProviders;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that are out to harm: scans end as they should, and reach nothing outside. */
class HostileSourceIT {
  private static final Path SHOP =
      LocalServer.PROJECT.resolve("samples/vulnerable-java/src/main/java/shop");
  private static final String SECRET = "canary-5d1f0c";
  private static final String CANARY =
      "package shop; class Canary { String a = \""
          + SECRET
          + "\"; boolean b() { return a == \"\"; } }";
  private static final List<String> BOTH = List.of("spotbugs", "pmd");
  private static final List<String> PMD = List.of("pmd");
  private static final long THREE_GB = 3L << 30;

  @TempDir private Path folder;
  private Path outside;
  private Path tree;
  private HttpServer archives;

  @BeforeEach
  void prepare() throws IOException {
    outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("Canary.java"), CANARY);
    tree = Files.createDirectory(folder.resolve("tree"));
    archives = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    archives.createContext("/", this::serve);
    archives.start();
  }

  @AfterEach
  void stopServer() throws IOException {
    archives.stop(0);
    assertThat(contents(outside)).containsExactly(Map.entry("Canary.java", CANARY));
  }

  @Test
  void sourcesReachNothingOutsideAndSilenceNothing() throws IOException, InterruptedException {
    Path silent = silentArchive();
    Path leading = leadingArchive();
    Path linked = linkedFolder();
    Map<String, String> before = contents(linked);
    List<LocalProvider> providers =
        LocalProviders.find(LocalServer.PROJECT, linked, System.getenv());
    try (LocalServer server = LocalServer.start(providers, Map.of())) {
      // All are on their way before the first is waited for.
      String silenced = server.submit(ofArchive(silent, BOTH));
      String refused = server.submit(ofArchive(leading, PMD));
      String followed = server.submit(ShellScanner.request(linked, PMD));
      String escaped = server.submit(ShellScanner.request(linked.resolve("out"), PMD));

      JsonNode scan = ended(server, silenced);
      assertThat(scan.path("status").asText()).as(scan.toString()).isEqualTo("SUCCEEDED");
      assertThat(scan.path("verdict").asText()).isEqualTo("FAIL");
      assertThat(report(server, scan))
          .contains("SQL_INJECTION_JDBC", "HardCodedCryptoKey", "linebreak/shop/Imports.java");

      assertUnavailable(ended(server, refused), "it has a link that leads out of it");
      assertUnavailable(ended(server, escaped), "lies outside of the folders");

      JsonNode beside = ended(server, followed);
      assertThat(beside.path("status").asText()).as(beside.toString()).isEqualTo("SUCCEEDED");
      assertThat(report(server, beside)).contains("Secrets.java").doesNotContain(SECRET, "Canary");
    }
    assertThat(contents(linked)).isEqualTo(before);
  }

  private static JsonNode ended(LocalServer server, String self)
      throws IOException, InterruptedException {
    var unused = server.events(self);
    return server.json(self);
  }

  private static String report(LocalServer server, JsonNode scan)
      throws IOException, InterruptedException {
    return server.json(scan.at("/links/report").asText()).toString();
  }

  private static void assertUnavailable(JsonNode scan, String why) {
    assertThat(scan.path("status").asText()).as(scan.toString()).isEqualTo("FAILED");
    assertThat(scan.path("verdict").asText()).isEqualTo("UNKNOWN");
    for (JsonNode run : scan.path("runs")) {
      assertThat(run.at("/error/code").asText()).isEqualTo("SOURCE_UNAVAILABLE");
      assertThat(run.at("/error/message").asText()).contains(why);
    }
  }

  /** Settings that would silence scanners, a name with a line break, and a file of 3 GB. */
  private Path silentArchive() throws IOException, InterruptedException {
    Path source = Files.createDirectory(tree.resolve("silent"));
    String none = "<ruleset name='none' xmlns='http://pmd.sourceforge.net/ruleset/2.0.0'/>";
    for (String rules : List.of("security", "errorprone", "multithreading")) {
      write(source.resolve("category/java/" + rules + ".xml"), none);
    }
    write(source.resolve("spotbugs-exclude.xml"), "<FindBugsFilter><Match/></FindBugsFilter>");
    write(source.resolve("META-INF/services/javax.annotation.processing.Processor"), "shop.Quiet");
    write(source.resolve("-exclude"), "**/*");
    copy("Orders.java", source);
    copy("Secrets.java", source);
    copy("Imports.java", Files.createDirectories(source.resolve("line\nbreak/shop")));
    try (RandomAccessFile large =
        new RandomAccessFile(source.resolve("large.bin").toFile(), "rw")) {
      large.setLength(THREE_GB);
    }
    return packed(source);
  }

  private Path leadingArchive() throws IOException, InterruptedException {
    Path source = Files.createDirectory(tree.resolve("leading"));
    copy("Orders.java", source);
    Files.createSymbolicLink(source.resolve("Canary.java"), outside.resolve("Canary.java"));
    return packed(source);
  }

  /** One that is scanned where it is, with links that lead out of it. */
  private Path linkedFolder() throws IOException {
    Path source = Files.createDirectory(tree.resolve("linked"));
    copy("Secrets.java", source);
    Files.createSymbolicLink(source.resolve("out"), outside);
    Files.createSymbolicLink(source.resolve("Canary.java"), outside.resolve("Canary.java"));
    return source;
  }

  private Path packed(Path source) throws IOException, InterruptedException {
    Path archive = folder.resolve(source.getFileName() + ".tar.gz");
    // A hole is stored as one.
    Process tar =
        new ProcessBuilder(List.of("tar", "-C", source + "", "--sparse", "-czf", archive + "", "."))
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    return archive;
  }

  private ObjectNode ofArchive(Path archive, List<String> providers) throws IOException {
    ObjectNode request = ShellScanner.request(providers);
    request
        .putObject("target")
        .put("type", "archive")
        .put(
            "url",
            "http://127.0.0.1:%d/%s"
                .formatted(archives.getAddress().getPort(), archive.getFileName()))
        .put("sha256", hash(archive));
    return request;
  }

  private void serve(HttpExchange exchange) throws IOException {
    Path archive = folder.resolve(exchange.getRequestURI().getPath().substring(1));
    try (exchange) {
      exchange.sendResponseHeaders(200, Files.size(archive));
      Files.copy(archive, exchange.getResponseBody());
    }
  }

  private static void copy(String name, Path to) throws IOException {
    Files.copy(SHOP.resolve(name), to.resolve(name));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  /** Every file and link below a folder, by its name. */
  private static Map<String, String> contents(Path below) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(below)) {
      for (Path file : files.filter(it -> !Files.isDirectory(it)).toList()) {
        String text =
            Files.isSymbolicLink(file)
                ? "-> " + Files.readSymbolicLink(file)
                : Files.readString(file, UTF_8);
        contents.put(below.relativize(file).toString(), text);
      }
    }
    return contents;
  }

  private static String hash(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
