package dev.mystical.scanner.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.domain.report.Coverage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of the scanners' folders, run by the agent on a project, and what the server gets of it.
 * Around the project lies what no scanner may read or change.
 */
abstract class ScannerTest {
  /** Stands in a file outside of the project, in every scanner's language. */
  static final String OUTSIDE = "outside_of_the_project";

  @TempDir protected Path folder;
  protected Path project;
  protected RunServer server;
  private final String id;

  ScannerTest(String id) {
    this.id = id;
  }

  @BeforeEach
  void start() throws IOException {
    project = Files.createDirectories(folder.resolve("outside/project"));
    server = RunServer.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    try (Stream<Path> left = Files.list(folder.resolve("tmp"))) {
      assertThat(left).as("what it has left behind").isEmpty();
    }
  }

  /** A file of the project; its folders are made. */
  protected Path write(String file, String text) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  /** A file outside of the project, and links in the project to it and to its folder. */
  protected void link(String file, String text) throws IOException {
    Path outside = Files.writeString(folder.resolve("outside").resolve(file), text);
    Files.createSymbolicLink(project.resolve("absolute-" + file), outside);
    Files.createSymbolicLink(project.resolve("linked-" + file), Path.of("..", file));
    Files.createSymbolicLink(project.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(project.resolve("loop"), Path.of("."));
  }

  /** A program of a test's own making that is found before the machine's. */
  protected void program(String name, String script) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path program = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Has the project looked at; the report. Nothing around the report has changed then. */
  protected JsonNode scanned(Map<String, String> variables)
      throws IOException, InterruptedException {
    Map<String, String> before = everything();
    try (AgentRun run = start(variables)) {
      run.ended(0);
    }
    assertThat(everything()).isEqualTo(before);
    RunServer.Call report = server.await("report");
    assertThat(report.text()).doesNotContain(OUTSIDE, folder.toString());
    assertThat(server.await("complete").json().has("error")).isFalse();
    return report.json();
  }

  /** Has it looked at in vain; what the server was told. */
  protected String failed(int exitCode, Map<String, String> variables)
      throws IOException, InterruptedException {
    try (AgentRun run = start(variables)) {
      run.ended(exitCode);
    }
    JsonNode end = server.await("complete").json();
    assertThat(end.path("exitCode").asInt()).isEqualTo(exitCode);
    assertThat(server.coverage()).contains(Coverage.NONE);
    return end.path("error").asText();
  }

  private AgentRun start(Map<String, String> variables) throws IOException {
    Map<String, String> order = new HashMap<>(server.order());
    order.put("SCAN_TARGET_TYPE", "path");
    order.put("SCAN_TARGET_URL", project.toString());
    order.put("SCAN_PATH_ROOT", folder.toString());
    order.put("SCAN_TOOL", id);
    order.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    order.putAll(variables);
    return AgentRun.start(folder, order, AgentRun.SCANNERS.resolve(id).resolve("scan").toString());
  }

  private Map<String, String> everything() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder.resolve("outside"))) {
      for (Path path : paths.toList()) {
        boolean plain =
            Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && Files.size(path) < 1_000_000;
        all.put(path.toString(), plain ? Files.readString(path, ISO_8859_1) : "");
      }
    }
    return all;
  }

  /** The findings of a report in SARIF, as {@code rule file:line}, in order. */
  protected static List<String> findings(JsonNode sarif) {
    List<String> findings = new ArrayList<>();
    for (JsonNode result : sarif.at("/runs/0/results")) {
      JsonNode place = result.at("/locations/0/physicalLocation");
      findings.add(
          "%s %s:%d"
              .formatted(
                  result.path("ruleId").asText(),
                  place.at("/artifactLocation/uri").asText(),
                  place.at("/region/startLine").asInt()));
    }
    return findings.stream().sorted().toList();
  }

  /** What a report in SARIF says that was not looked at. */
  protected static List<String> troubles(JsonNode sarif) {
    List<String> troubles = new ArrayList<>();
    sarif
        .at("/runs/0/invocations/0/toolExecutionNotifications")
        .forEach(it -> troubles.add(it.at("/message/text").asText()));
    return troubles.stream().sorted().toList();
  }
}
