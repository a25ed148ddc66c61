package dev.mystical.scanner.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/scanner} with Javas that only say how they were called. */
class StartScriptIT {
  @TempDir private Path folder;
  private Path home;

  /** What a start said on its two streams. */
  private record Start(int exit, String out, String err) {}

  @BeforeEach
  void install() throws IOException {
    home = Files.createDirectories(folder.resolve("opt"));
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("lib"));
    try (Stream<Path> scripts = Files.list(Path.of("src/main/bin"))) {
      for (Path script : scripts.toList()) {
        Path copy = Files.copy(script, home.resolve("bin").resolve(script.getFileName()));
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
    Files.writeString(home.resolve("consumer-app.jar"), "program");
    Files.writeString(home.resolve("lib/library.jar"), "library");
  }

  @Test
  void startsWithWhatItWasGivenAndSaysThatThereIsNoCache()
      throws IOException, InterruptedException {
    Start start = start(java("25.0.3"), Map.of("SCANNER_JAVA_OPTIONS", "-Xmx64m -Da=b"));

    assertThat(start.out().strip())
        .isEqualTo(
            "-XX:+ExitOnOutOfMemoryError -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xms16m"
                + " -XX:TrimNativeHeapInterval=30000 -Xmx64m -Da=b -jar "
                + home.resolve("consumer-app.jar")
                + " status an id");
    assertThat(start.err().strip()).hasLineCount(1).contains("no start cache", "bin/scanner-train");
    assertThat(start.exit()).isZero();
  }

  @Test
  void usesTheCacheThatItsJavaCanRead() throws IOException, InterruptedException {
    Path newer = java("25.0.3");
    Path older = java("21.0.9");
    cache(newer, "aot");
    cache(older, "jsa");

    assertThat(start(newer, Map.of()).out()).contains("-XX:AOTCache=").contains(".aot");
    assertThat(start(newer, Map.of()).err()).isEmpty();
    assertThat(start(older, Map.of()).out()).contains("-XX:SharedArchiveFile=").contains(".jsa");
    assertThat(start(older, Map.of()).err()).isEmpty();
  }

  /** JDK 25.0.3 does not look itself: it would go on running the old code out of the cache. */
  @Test
  void aCacheOfOtherJarsIsNeverUsed() throws IOException, InterruptedException {
    Path java = java("25.0.3");
    cache(java, "aot");
    Files.setLastModifiedTime(
        home.resolve("lib/library.jar"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));

    Start start = start(java, Map.of());

    assertThat(start.out()).doesNotContain("AOTCache").contains("-jar");
    assertThat(start.err().strip()).hasLineCount(1).contains("other jars", "bin/scanner-train");
    assertThat(start.exit()).isZero();
  }

  @Test
  void aCacheOfAnotherJavaIsNeverUsed() throws IOException, InterruptedException {
    cache(java("25.0.3"), "aot");

    Start start = start(java("25.0.4"), Map.of());

    assertThat(start.out()).doesNotContain("AOTCache").contains("-jar");
    assertThat(start.err().strip()).hasLineCount(1).contains("another Java");
  }

  @Test
  void whoeverWantsNoCacheIsNotToldOfIt() throws IOException, InterruptedException {
    Start start = start(java("25.0.3"), Map.of("SCANNER_START_CACHE", "off"));

    assertThat(start.out()).contains("-jar");
    assertThat(start.err()).isEmpty();
  }

  @Test
  void aJavaThatIsTooOldIsPassedOver() throws IOException, InterruptedException {
    Path newer = java("21.0.9");
    Path old = java("17.0.15");

    Start start = start(old, Map.of("SCANNER_JAVA_FOLDERS", old + " " + newer));

    assertThat(start.exit()).isZero();
    assertThat(start.out()).contains("-jar");
  }

  /** Where {@code /bin/java} is, an empty JAVA_HOME must not lead to it past the PATH. */
  @Test
  void withoutJavaHomeItIsTheJavaOnThePath() throws IOException, InterruptedException {
    Path java = java("21.0.9");
    bare();
    Files.createSymbolicLink(folder.resolve("programs/java"), java.resolve("bin/java"));

    Process process =
        process(
            List.of("sh", "-c", ". bin/java-home; echo \"$java\"", scanner()),
            java,
            Map.of("JAVA_HOME", ""));

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8).strip())
        .isEqualTo(java.toRealPath().resolve("bin/java").toString());
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void withoutAFitJavaItSaysSo() throws IOException, InterruptedException {
    Path old = java("17.0.15");

    Start start = start(old, Map.of("SCANNER_JAVA_FOLDERS", old.toString()));

    assertThat(start.exit()).isEqualTo(2);
    assertThat(start.err().strip()).hasLineCount(1).contains("21 or later");
  }

  /** A Java that prints its arguments. */
  private Path java(String version) throws IOException {
    Path java = folder.resolve("java-" + version);
    Path program = Files.createDirectories(java.resolve("bin")).resolve("java");
    if (Files.notExists(program)) {
      Files.writeString(program, "#!/bin/sh\necho \"$*\"\n");
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.writeString(java.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    }
    return java;
  }

  /** Puts a cache where the training with that Java would. */
  private void cache(Path java, String kind) throws IOException, InterruptedException {
    Process process =
        process(
            List.of(
                "sh",
                "-c",
                ". bin/java-home; mkdir -p \"$cache_dir\"; : > \"$cache_file\"; echo"
                    + " \"$cache_file\"",
                scanner()),
            java,
            Map.of());
    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8).strip()).endsWith(kind);
    assertThat(process.waitFor()).isZero();
  }

  private Start start(Path java, Map<String, String> more)
      throws IOException, InterruptedException {
    Process process = process(List.of(scanner(), "status", "an id"), java, more);
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    return new Start(process.waitFor(), out, err);
  }

  private Process process(List<String> command, Path java, Map<String, String> more)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    Map<String, String> environment = new TreeMap<>(more);
    environment.put("PATH", bare());
    environment.putIfAbsent("JAVA_HOME", java.toString());
    environment.putIfAbsent("SCANNER_JAVA_FOLDERS", "/nowhere");
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  private String scanner() {
    return home.resolve("bin/scanner").toString();
  }

  /** The usual programs, and no Java. */
  private String bare() throws IOException {
    Path programs = folder.resolve("programs");
    if (Files.notExists(programs)) {
      Files.createDirectories(programs);
      for (String name :
          List.of(
              "cat", "cksum", "dirname", "ls", "mkdir", "readlink", "sed", "sh", "stat", "tr")) {
        for (String place : List.of("/usr/bin", "/bin")) {
          Path program = Path.of(place, name);
          if (Files.isExecutable(program) && Files.notExists(programs.resolve(name))) {
            Path own =
                Files.writeString(
                    programs.resolve(name), "#!/bin/sh\nexec " + program + " \"$@\"\n");
            Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxr-xr-x"));
          }
        }
      }
    }
    return programs.toString();
  }
}
