package dev.mystical.scanner.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mystical.scanner.wire.report.ReportFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a scanner's folder says its image and its task are.
 *
 * @param file its Containerfile, a line for each instruction
 * @param task its task-definition.json
 */
record ScannerFolder(Path scanners, String id, List<String> file, JsonNode task) {
  private static final Pattern ASSIGNMENT = Pattern.compile("(\\w+)=(\\S+)");
  private static final Pattern SECRET = Pattern.compile("TOKEN|KEY|SECRET|PASSW");
  private static final Pattern ARN =
      Pattern.compile("arn:aws:(secretsmanager|ssm):REGION:ACCOUNT_ID:\\w+[:/].+");

  static ScannerFolder of(Path scanners, String id) throws IOException {
    Path folder = scanners.resolve(id);
    String text = Files.readString(folder.resolve("Containerfile")).replace("\\\n", " ");
    List<String> lines =
        text.lines().map(String::strip).filter(it -> !it.isEmpty() && !it.startsWith("#")).toList();
    JsonNode task = new JsonMapper().readTree(folder.resolve("task-definition.json").toFile());
    return new ScannerFolder(scanners, id, lines, task);
  }

  /** What is wrong with it, in sentences. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    image(faults);
    task(faults);
    return faults;
  }

  private void image(List<String> faults) {
    require(faults, Files.isExecutable(folder().resolve("scan")), "scan is no program");
    String entry =
        "ENTRYPOINT [\"/opt/scanner/agent/agent\", \"--\", \"/opt/scanner/%s/scan\"]".formatted(id);
    require(faults, file.getLast().equals(entry), "its last line must be " + entry);
    String user = last("USER");
    require(faults, user.matches("[1-9]\\d*(:[1-9]\\d*)?"), "USER is no number but 0: " + user);
    require(
        faults,
        ReportFormat.of(image("SCAN_REPORT_TYPE")).isPresent(),
        "the server does not take SCAN_REPORT_TYPE");
    for (String name : List.of("SCAN_TOOL", "SCAN_TOOL_VERSION", "TMPDIR")) {
      require(faults, !image(name).isEmpty(), name + " is not set");
    }
    require(faults, last("VOLUME").equals(image("TMPDIR")), "TMPDIR is no VOLUME");
    variables()
        .forEach((name, value) ->
            require(faults, !SECRET.matcher(name).find(), "the image has " + name));
    bases().forEach(base -> require(faults, pinned(base), "no version: " + base));
    copied()
        .forEach(
            from -> require(faults, Files.exists(scanners.resolve(from)), "there is no " + from));
  }

  private void task(List<String> faults) {
    JsonNode container = task.at("/containerDefinitions/0");
    require(faults, task.path("containerDefinitions").size() == 1, "it must have one container");
    require(
        faults,
        task.at("/requiresCompatibilities/0").asText().equals("FARGATE"),
        "not for FARGATE");
    require(
        faults, task.path("networkMode").asText().equals("awsvpc"), "its network is not awsvpc");
    require(faults, !task.has("taskRoleArn"), "it needs no taskRoleArn");
    require(faults, task.path("executionRoleArn").asText().contains("ACCOUNT_ID"), "no ACCOUNT_ID");
    require(faults, task.path("cpu").asInt() >= 256, "no cpu");
    require(faults, task.path("memory").asInt() >= 512, "no memory");
    require(faults, !container.path("name").asText().isEmpty(), "its container has no name");
    require(faults, container.path("image").asText().matches(".+:[^:/]+"), "image without a tag");
    require(faults, container.path("essential").asBoolean(), "its container is not essential");
    require(faults, container.path("readonlyRootFilesystem").asBoolean(), "it can be written to");
    require(faults, !container.path("privileged").asBoolean(), "it is privileged");
    require(faults, container.has("logConfiguration"), "it has no logs");
    require(
        faults,
        container.path("user").asText(last("USER")).equals(last("USER")),
        "another user than the image");
    require(
        faults,
        container.at("/mountPoints/0/containerPath").asText().equals(image("TMPDIR"))
            && container.at("/mountPoints/0/sourceVolume").equals(task.at("/volumes/0/name")),
        "TMPDIR is no volume");
    for (JsonNode variable : container.path("environment")) {
      String name = variable.path("name").asText();
      require(faults, !SECRET.matcher(name).find(), name + " is no secret's place");
    }
    for (JsonNode secret : container.path("secrets")) {
      require(
          faults,
          Set.of("name", "valueFrom").equals(names(secret))
              && ARN.matcher(secret.path("valueFrom").asText()).matches(),
          "a secret that is not named by an ARN: " + secret);
    }
  }

  private static void require(List<String> faults, boolean good, String otherwise) {
    if (!good) {
      faults.add(otherwise);
    }
  }

  private static Set<String> names(JsonNode object) {
    Map<String, JsonNode> members = new HashMap<>();
    object.properties().forEach(it -> members.put(it.getKey(), it.getValue()));
    return members.keySet();
  }

  Path folder() {
    return scanners.resolve(id);
  }

  /** What the image sets a variable to. */
  String image(String variable) {
    String value = variables().getOrDefault(variable, "");
    Matcher argument = Pattern.compile("\\$\\{(\\w+)}").matcher(value);
    return argument.matches() ? arguments().getOrDefault(argument.group(1), "") : value;
  }

  private Map<String, String> variables() {
    return assignments("ENV ");
  }

  private Map<String, String> arguments() {
    return assignments("ARG ");
  }

  private Map<String, String> assignments(String instruction) {
    Map<String, String> all = new TreeMap<>();
    file.stream()
        .filter(line -> line.startsWith(instruction))
        .flatMap(line -> ASSIGNMENT.matcher(line).results())
        .forEach((MatchResult it) -> all.put(it.group(1), it.group(2)));
    return all;
  }

  private String last(String instruction) {
    return file.stream()
        .filter(line -> line.startsWith(instruction + " "))
        .reduce("", (before, line) -> line.substring(instruction.length() + 1));
  }

  private List<String> bases() {
    Map<String, String> arguments = arguments();
    return file.stream()
        .filter(line -> line.startsWith("FROM "))
        .map(line -> line.split(" +", -1)[1])
        .map(base ->
            base.startsWith("${")
                ? arguments.getOrDefault(base.substring(2, base.length() - 1), "none")
                : base)
        .toList();
  }

  private static boolean pinned(String base) {
    return base.contains("@sha256:") || (base.matches(".+:[^:/]+") && !base.endsWith(":latest"));
  }

  /** What the image takes from the scanners' folders, without what the build makes there. */
  private List<String> copied() {
    return file.stream()
        .filter(line -> line.startsWith("COPY ") && !line.contains("--from="))
        .map(line -> List.of(line.split(" +", -1)))
        .flatMap(words -> words.subList(1, words.size() - 1).stream())
        .filter(from -> !from.contains("/target/"))
        .toList();
  }
}
