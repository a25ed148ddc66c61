package dev.mystical.scanner.local.scanner;

import dev.mystical.scanner.local.scanner.LocalProvider.Readiness;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The scanners of the local mode: those that the build brings, and those of this machine. */
public final class LocalProviders {

  /** The working folder's report and log stay out of the scanned folder. */
  private static final String SONAR =
      """
      exec sonar-scanner "-Dsonar.projectKey=$SCAN_PROJECT_KEY" \
      "-Dsonar.projectBaseDir=$SCAN_TARGET_URL" "-Dsonar.working.directory=$PWD/.scannerwork" \
      -Dsonar.scm.disabled=true
      """;

  // Its exit code is 1 for findings and for errors alike, unless told otherwise.
  private static final String BEARER =
      """
      exec bearer scan "$SCAN_TARGET_URL" --format sarif --output "$PWD/report.sarif" \
      --exit-code 0 --quiet --hide-progress-bar --disable-version-check
      """;

  private final Path scanners;
  private final Path allowedRoot;
  private final Map<String, String> environment;

  private LocalProviders(Path scanners, Path allowedRoot, Map<String, String> environment) {
    this.scanners = scanners;
    this.allowedRoot = allowedRoot;
    this.environment = environment;
  }

  /**
   * Looks at what is there, now.
   *
   * @param scanners the folder with {@code spotbugs/lib} and {@code pmd/lib}
   * @param allowedRoot the folder below which targets must lie
   * @param environment this process's variables
   */
  public static List<LocalProvider> find(
      Path scanners, Path allowedRoot, Map<String, String> environment) {
    LocalProviders found =
        new LocalProviders(
            scanners.toAbsolutePath(), allowedRoot.toAbsolutePath(), Map.copyOf(environment));
    return List.of(
        found.provider("spotbugs", found.bundled("spotbugs", SpotBugsScan.class)),
        found.provider("pmd", found.bundled("pmd", PmdScan.class)),
        found.provider("sonar", found.sonar()),
        found.provider("mystical", found.mystical()));
  }

  /**
   * What is to be told to someone who asks for {@code id} and cannot have it; empty where he can.
   */
  public static Optional<String> refusal(List<LocalProvider> providers, String id) {
    for (LocalProvider provider : providers) {
      if (provider.id().equals(id)) {
        return switch (provider.readiness()) {
          case Readiness.Ready ready -> Optional.empty();
          case Readiness.Missing missing -> Optional.of(missing.sentence());
        };
      }
    }
    String known = providers.stream().map(LocalProvider::id).collect(Collectors.joining(", "));
    return Optional.of(
        "There is no provider '" + id + "' in the local mode; there are " + known + ".");
  }

  private LocalProvider provider(String id, Readiness readiness) {
    return new LocalProvider(id, "local-" + id, id, readiness);
  }

  private Readiness bundled(String id, Class<?> main) {
    Path lib = scanners.resolve(id).resolve("lib");
    if (!holdsJars(lib)) {
      return new Readiness.Missing(
          "Provider '"
              + id
              + "' is off: "
              + lib
              + " holds no jars; build the project once with Maven.");
    }
    return new Readiness.Ready(
        java(main, List.of(lib.toString(), allowedRoot.toString())), List.of());
  }

  private Readiness sonar() {
    List<String> missing = new ArrayList<>();
    for (String name : List.of("SONAR_HOST_URL", "SONAR_TOKEN")) {
      if (environment.getOrDefault(name, "").isBlank()) {
        missing.add(name + " is not set");
      }
    }
    if (!onPath("sonar-scanner")) {
      missing.add("sonar-scanner is not on the PATH");
    }
    return missing.isEmpty()
        ? shell(SONAR, List.of("SONAR_HOST_URL", "SONAR_TOKEN"))
        : off("sonar", missing);
  }

  private Readiness mystical() {
    return onPath("bearer")
        ? shell(BEARER, List.of())
        : off("mystical", List.of("bearer is not on the PATH"));
  }

  private static Readiness off(String id, List<String> missing) {
    return new Readiness.Missing(
        "Provider '" + id + "' is off: " + String.join(", ", missing) + ".");
  }

  private Readiness shell(String script, List<String> variables) {
    return new Readiness.Ready(
        java(CheckedCommand.class, List.of(allowedRoot.toString(), "/bin/sh", "-c", script)),
        variables);
  }

  private static List<String> java(Class<?> main, List<String> args) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(ToolJava.java().toString(), "-Xmx256m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath(), main.getName()));
    command.addAll(args);
    return command;
  }

  /** Ours, with whole paths: the container runs in a folder of its own. */
  private static String classPath() {
    String[] entries = System.getProperty("java.class.path", "").split(File.pathSeparator, -1);
    return Stream.of(entries)
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private boolean onPath(String program) {
    return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(place -> !place.isEmpty())
        .map(place -> Path.of(place, program))
        .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
  }

  private static boolean holdsJars(Path lib) {
    if (!Files.isDirectory(lib)) {
      return false;
    }
    try (Stream<Path> files = Files.list(lib)) {
      return files.anyMatch(file -> file.getFileName().toString().endsWith(".jar"));
    } catch (IOException unreadable) {
      return false;
    }
  }
}
