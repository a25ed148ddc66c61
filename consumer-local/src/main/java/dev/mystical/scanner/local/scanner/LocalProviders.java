package dev.mystical.scanner.local.scanner;

import static dev.mystical.scanner.local.scanner.Need.program;
import static dev.mystical.scanner.local.scanner.Need.tool;
import static dev.mystical.scanner.local.scanner.Need.variable;

import dev.mystical.scanner.local.scanner.LocalProvider.Readiness;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The scanners of the local mode: the very entries that images run, where this machine has what
 * they need.
 */
public final class LocalProviders {
  private static final String UNBUILT = "its jars are not there: build the project with Maven";
  private static final String NO_RULES =
      "its rules are not there: unpack those of Bearer into"
          + " consumer-local/target/scanners/mystical/rules";

  /** Written by scanners/npm/install when all is there. */
  private static final String INSTALLED = "installed.json";

  private static final String NO_PACKAGES =
      "its npm packages are not there: scripts/local installs them, where npm is on the PATH and its"
          + " registry can be reached";

  /** The agent's own. */
  private static final List<Need> COMMON = List.of(program("curl"), program("setsid"));

  private static final List<Scanner> SCANNERS =
      List.of(
          new Scanner("spotbugs", "lib", tool("lib", UNBUILT)),
          new Scanner("pmd", "lib", tool("lib", UNBUILT)),
          new Scanner(
              "sonar",
              "bin/sonar-scanner",
              List.of("SONAR_HOST_URL", "SONAR_TOKEN"),
              List.of(program("sonar-scanner"), program("jq"))),
          new Scanner("mystical", "", program("bearer"), tool("rules", NO_RULES)),
          new Scanner("eslint", INSTALLED, program("node"), tool(INSTALLED, NO_PACKAGES)),
          new Scanner("secretlint", INSTALLED, program("node"), tool(INSTALLED, NO_PACKAGES)),
          new Scanner("flawfinder", "", program("flawfinder")));

  private final Path project;
  private final Path allowedRoot;
  private final Map<String, String> environment;

  /**
   * A scanner that can be had here.
   *
   * @param tool what is among its tools where they are those of its image; empty: this machine's
   * @param secrets names of variables that its task definition would bring as secrets
   */
  private record Scanner(String id, String tool, List<String> secrets, List<Need> needs) {
    Scanner(String id, String tool, Need... needs) {
      this(id, tool, List.of(), List.of(needs));
    }
  }

  private LocalProviders(Path project, Path allowedRoot, Map<String, String> environment) {
    this.project = project;
    this.allowedRoot = allowedRoot;
    this.environment = environment;
  }

  /**
   * Looks at what is there, now.
   *
   * @param project the project's folder, with {@code scanners/<id>} and the tools that the build
   *     has put into {@code consumer-local/target/scanners/<id>}
   * @param allowedRoot the folder below which targets must lie
   * @param environment this process's variables
   */
  public static List<LocalProvider> find(
      Path project, Path allowedRoot, Map<String, String> environment) {
    LocalProviders found =
        new LocalProviders(
            project.toAbsolutePath().normalize(),
            allowedRoot.toAbsolutePath().normalize(),
            Map.copyOf(environment));
    return SCANNERS.stream()
        .map(scanner -> new LocalProvider(scanner.id(), found.readiness(scanner)))
        .toList();
  }

  private Readiness readiness(Scanner scanner) {
    Path folder = project.resolve("scanners").resolve(scanner.id());
    Path entry = folder.resolve("scan");
    Path tools = project.resolve("consumer-local/target/scanners").resolve(scanner.id());
    List<String> missing = new ArrayList<>();
    if (!Files.isExecutable(entry)) {
      missing.add("scanners/" + scanner.id() + "/scan is not there");
    }
    Need.Place place = new Need.Place(environment, path(tools), tools);
    scanner.secrets().forEach(name -> variable(name).missing(place).ifPresent(missing::add));
    scanner.needs().forEach(need -> need.missing(place).ifPresent(missing::add));
    COMMON.forEach(need -> need.missing(place).ifPresent(missing::add));
    return missing.isEmpty()
        ? new Readiness.Ready(entry, definition(scanner, folder, place), scanner.secrets())
        : new Readiness.Missing(
            "Provider '%s' is off: %s.".formatted(scanner.id(), String.join(", ", missing)));
  }

  private SortedMap<String, String> definition(Scanner scanner, Path folder, Need.Place place) {
    SortedMap<String, String> variables = ImageVariables.of(folder);
    if (scanner.tool().isEmpty() || !Files.exists(place.tools().resolve(scanner.tool()))) {
      // The machine's own tool may be another version than the image's.
      variables.remove("SCAN_TOOL_VERSION");
    }
    variables.put("PATH", place.path());
    variables.put("SCANNER_TOOLS", place.tools().toString());
    variables.put("SCAN_PATH_ROOT", allowedRoot.toString());
    return variables;
  }

  /** Its own programs first; and the JDK that runs us, where no other is there. */
  private String path(Path tools) {
    return String.join(
        File.pathSeparator,
        tools.resolve("bin").toString(),
        environment.getOrDefault("PATH", ""),
        Path.of(System.getProperty("java.home", ""), "bin").toString());
  }
}
