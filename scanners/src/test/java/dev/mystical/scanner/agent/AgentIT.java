package dev.mystical.scanner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.domain.report.Coverage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the agent tells the server, whatever its scanner does. */
class AgentIT {
  private static final String CLEAN =
      """
      echo "looked at $SCAN_SOURCE for $SCAN_TENANT"
      printf '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"grep"}},"results":[
        {"ruleId":"word","message":{"text":"found"},"locations":[{"physicalLocation":
        {"artifactLocation":{"uri":"file://%s/a/b.txt"}}}]}]}]}' "$SCAN_SOURCE" >"$SCAN_REPORT"
      """;

  @TempDir private Path folder;
  private RunServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = RunServer.start();
    Files.createDirectory(folder.resolve("project"));
  }

  @AfterEach
  void stopServer() throws IOException {
    server.close();
    assertThat(server.leaks()).as("where the token was seen").isEmpty();
    Path left = folder.resolve("tmp");
    if (Files.exists(left)) {
      try (Stream<Path> files = Files.list(left)) {
        assertThat(files).as("what the agent has left behind").isEmpty();
      }
    }
  }

  static Stream<String> shells() {
    return AgentRun.shells();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void goodReportIsSent(String shell) throws IOException, InterruptedException {
    Map<String, String> order = new HashMap<>(order());
    order.put("SCAN_TOOL", "grep");
    order.put("SCAN_TOOL_VERSION", "3.8");
    try (AgentRun run = AgentRun.start(shell, folder, order, "sh", "-c", CLEAN)) {
      run.ended(0);

      JsonNode start = server.await("start").json();
      assertThat(start.path("attempt").asInt()).isEqualTo(2);
      assertThat(start.path("task").asText()).startsWith("task-");
      RunServer.Call report = server.await("report");
      assertThat(report.type()).isEqualTo("application/sarif+json");
      assertThat(report.text()).contains("\"uri\":\"a/b.txt\"");
      JsonNode end = server.await("complete").json();
      assertThat(end.toString())
          .isEqualTo("{\"exitCode\":0,\"tool\":\"grep\",\"toolVersion\":\"3.8\"}");
      assertThat(run.output())
          .contains("looked at " + folder, " for acme-1")
          .doesNotContain(RunServer.TOKEN);
    }
    assertThat(server.coverage()).contains(Coverage.FULL);
  }

  @Test
  void scannerSeesNothingOfTheServer() throws IOException, InterruptedException {
    String look =
        CLEAN
            + """
            echo "files $(grep -rl c2VjcmV0 "$HOME/.." | wc -l)"
            env | sed 's/^/mine: /'
            tr '\\0' '\\n' <"/proc/$PPID/environ"
            tr '\\0' '\\n' <"/proc/$PPID/cmdline"
            echo "home $(ls -A "$HOME" | wc -l) tmp $(ls -A "$TMPDIR" | wc -l)"
            """;
    Map<String, String> order = new HashMap<>(order());
    order.put("SCAN_OPT_SEVERITY", "high");
    order.put("SCAN_GIT_TOKEN", "ghp_of-a-private-repository");
    order.put("ECS_CONTAINER_METADATA_URI_V4", "http://127.0.0.1:9/v4");
    try (AgentRun run = AgentRun.start(folder, order, "sh", "-c", look)) {
      run.ended(0);

      assertThat(run.output())
          .contains("mine: SCAN_OPT_SEVERITY=high", "files 0", "home 0 tmp 0")
          .doesNotContain(RunServer.TOKEN, "sealed-request", "ghp_", "mine: SCAN_API_URL");
    }
  }

  @Test
  void taskIsNamedByItsMetadata() throws IOException, InterruptedException {
    try (Metadata metadata = Metadata.start();
        AgentRun run =
            AgentRun.start(
                folder, with("ECS_CONTAINER_METADATA_URI_V4", metadata.uri()), "sh", "-c", CLEAN)) {
      run.ended(0);

      assertThat(server.await("start").json().path("task").asText()).isEqualTo(Metadata.TASK);
    }
  }

  @Test
  void runOfAnotherTaskIsLeftAlone() throws IOException, InterruptedException {
    server.answers("start", 409);
    try (AgentRun run = AgentRun.start(folder, order(), "sh", "-c", "echo scanned")) {
      run.ended(0);

      assertThat(run.output()).contains("another task has this run").doesNotContain("scanned");
    }
    assertThat(server.others()).extracting(RunServer.Call::name).containsExactly("start");
  }

  @Test
  void wrongTokenEndsTheTask() throws IOException, InterruptedException {
    try (AgentRun run =
        AgentRun.start(folder, with("SCAN_TOKEN", "another"), "sh", "-c", "echo scanned")) {
      run.ended(4);

      assertThat(run.output()).contains("(401)").doesNotContain("scanned", "another");
    }
  }

  @Test
  void callsAreMadeAgainUntilTheServerAnswers() throws IOException, InterruptedException {
    server.answers("start", 503).answers("report", 429).answers("complete", 500);
    try (AgentRun run = AgentRun.start(folder, order(), "sh", "-c", CLEAN)) {
      run.ended(0);
    }
    assertThat(server.others())
        .extracting(RunServer.Call::name)
        .filteredOn(name -> !name.equals("progress"))
        .containsExactly("start", "start", "report", "report", "complete", "complete");
  }

  @Test
  void serverThatComesLateIsWaitedFor() throws IOException, InterruptedException {
    int port = freePort();
    Map<String, String> order = new HashMap<>(order());
    order.putAll(RunServer.order(port));
    try (AgentRun run = AgentRun.start(folder, order, "sh", "-c", CLEAN)) {
      run.awaitLine("no answer to start (000");
      try (RunServer late = RunServer.start(port)) {
        run.ended(0);

        assertThat(late.coverage()).contains(Coverage.FULL);
      }
    }
  }

  @Test
  void repeatedReportIsASuccess() throws IOException, InterruptedException {
    server.answers("report", 200);
    try (AgentRun run = AgentRun.start(folder, order(), "sh", "-c", CLEAN)) {
      run.ended(0);
    }
    assertThat(server.await("complete").json().has("error")).isFalse();
  }

  @Test
  void endedRunIsLeftWithoutAWord() throws IOException, InterruptedException {
    server.answers("report", 409);
    try (AgentRun run = AgentRun.start(folder, order(), "sh", "-c", CLEAN)) {
      run.ended(0);
    }
    assertThat(server.others()).extracting(RunServer.Call::name).doesNotContain("complete");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "echo 'no \"java\"\\ here'; exit 7 | 7 | grep ended with exit code 7: no \"java\"\\ here",
        "kill -SEGV $$ | 139 | grep ended with exit code 139: it said nothing",
        "exit 0 | 1 | grep left no report",
        "ln -s /etc/passwd \"$SCAN_REPORT\" | 1 | grep left no report",
        "truncate -s 1G \"$SCAN_REPORT\" | 1 | the report of grep is larger than 209715200 bytes",
        "head -c 30000000 /dev/urandom >\"$SCAN_REPORT\" | 1 | the report is too large",
        "printf '{\"version\":\"2.1.0\",\"runs\":[{' >\"$SCAN_REPORT\" | 1"
            + " | the server cannot read the report",
      })
  void brokenScanIsToldAsOne(String script, int exitCode, String reason)
      throws IOException, InterruptedException {
    try (AgentRun run = AgentRun.start(folder, order(), "sh", "-c", script)) {
      run.ended(exitCode);
    }
    assertFailure(exitCode, reason);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void scannerThatHangsIsEndedInTime(String shell) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(5)).truncatedTo(ChronoUnit.SECONDS);
    server.answers("start", 200, "{\"deadline\":\"" + deadline + "\"}");
    String hang = "trap '' TERM; sleep 1000 & echo $! ; while :; do sleep 1000; done";
    try (AgentRun run = AgentRun.start(shell, folder, order(), "sh", "-c", hang)) {
      run.ended(124);
    }
    assertFailure(124, "the time for scanning was over before it was done");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Acme",
        "a:b",
        "-a",
        "../b",
        "a\\nb",
        "a234567890123456789012345678901234567890"
      })
  void tenantThatIsNoneIsRefused(String tenant) throws IOException, InterruptedException {
    server.answers("start", 200, "{\"tenant\":\"" + tenant + "\"}");
    try (AgentRun run = AgentRun.start(folder, order(), "sh", "-c", CLEAN)) {
      run.ended(2);
    }
    assertFailure(2, "the tenant is none");
  }

  @Test
  void serverThatDoesNotTellTheTenantHasOne() throws IOException, InterruptedException {
    server.answers("start", 200, "{\"deadline\":\"2096-11-23T10:00:00Z\"}");
    try (AgentRun run = AgentRun.start(folder, order(), "sh", "-c", CLEAN)) {
      run.ended(0);

      assertThat(run.output()).contains(" for default");
    }
  }

  @Test
  void deadlineThatHasPassedEndsTheTask() throws IOException, InterruptedException {
    server.answers("start", 200, "{\"deadline\":\"2020-01-01T00:00:00Z\"}");
    try (AgentRun run = AgentRun.start(folder, order(), "sh", "-c", CLEAN)) {
      run.ended(124);
    }
    assertFailure(124, "the deadline has passed");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void stoppedTaskSaysSo(String shell) throws IOException, InterruptedException {
    try (AgentRun run = AgentRun.start(shell, folder, order(), "sh", "-c", "sleep 1000")) {
      assertThat(server.await("progress").text()).isEqualTo("{\"phase\":\"scanning\"}");
      run.terminate();
      run.ended(143);
    }
    assertFailure(143, "stopped");
  }

  @Test
  void taskThatIsStoppedWhileTheServerIsAwayEndsAtOnce() throws IOException, InterruptedException {
    Map<String, String> order = new HashMap<>(order());
    order.putAll(RunServer.order(freePort()));
    try (AgentRun run = AgentRun.start(folder, order, "sh", "-c", CLEAN)) {
      run.awaitLine("no answer to start");
      run.terminate();
      run.ended(143);
    }
  }

  @Test
  void cancelledRunIsEnded() throws IOException, InterruptedException {
    server.answers("progress", 200, "{\"cancel\": true}");
    try (AgentRun run = AgentRun.start(folder, order(), "sh", "-c", "sleep 1000")) {
      run.ended(143);
    }
    assertFailure(143, "cancelled");
  }

  @Test
  void outputIsBounded() throws IOException, InterruptedException {
    String flood = "yes 'a line of output' | head -c 5000000; " + CLEAN;
    try (AgentRun run = AgentRun.start(folder, order(), "sh", "-c", flood)) {
      run.ended(0);

      assertThat(run.output()).contains("(the rest of its output is left out)");
      assertThat(run.output().length()).isLessThan(1_100_000);
    }
  }

  @Test
  void processesThatTheScannerLeavesBehindDoNotHoldTheAgent()
      throws IOException, InterruptedException {
    try (AgentRun run = AgentRun.start(folder, order(), "sh", "-c", "sleep 1000 & " + CLEAN)) {
      run.ended(0);
    }
  }

  @Test
  void withoutAServerTheExitCodeDecides() throws IOException, InterruptedException {
    Map<String, String> order = new HashMap<>(order());
    order.keySet().removeAll(Set.of("SCAN_API_URL", "SCAN_TOKEN", "SCAN_SEALED"));
    Path report = Files.writeString(folder.resolve("report.sarif"), "of before");
    order.put("SCAN_REPORT", report.toString());
    try (AgentRun run = AgentRun.start(folder, order, "sh", "-c", "exit 3")) {
      run.ended(3);

      assertThat(report).doesNotExist();
    }
    try (AgentRun run = AgentRun.start(folder, order, "sh", "-c", CLEAN)) {
      run.ended(0);

      assertThat(report).content().contains("a/b.txt");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SCAN_CONTRACT, 2",
    "SCAN_RUN_ID, ../../scans/x",
    "SCAN_API_URL, file:///etc/passwd",
    "SCAN_ATTEMPT, 1}",
    "SCAN_REPORT_TYPE, text/html",
    "SCAN_TARGET_TYPE, floppy",
  })
  void orderThatMakesNoSenseIsRefused(String name, String value)
      throws IOException, InterruptedException {
    try (AgentRun run = AgentRun.start(folder, with(name, value), "sh", "-c", CLEAN)) {
      run.ended(2);
    }
  }

  @Test
  void foldersAreScannedBelowTheirRootAlone() throws IOException, InterruptedException {
    Path root = Files.createDirectory(folder.resolve("root"));
    Path inside = Files.createDirectory(root.resolve("a project"));
    Path longer = Files.createDirectory(folder.resolve("root-but-longer"));
    Files.createSymbolicLink(root.resolve("out"), longer);
    Files.createSymbolicLink(folder.resolve("in"), inside);
    Files.createDirectory(root.resolve("line\n"));
    Files.createSymbolicLink(root.resolve("line"), longer);

    assertThat(ofFolder(root, folder.resolve("in"), 0)).contains("looked at " + inside);
    assertThat(ofFolder(root, root, 0)).contains("looked at " + root);
    for (String path :
        List.of(longer + "", root + "/../root-but-longer", root + "/out", root + "/line\n")) {
      assertThat(ofFolder(root, Path.of(path), 3))
          .contains("SOURCE_UNAVAILABLE: ")
          .doesNotContain("looked");
    }
  }

  @Test
  void withoutARootNoFolderIsScanned() throws IOException, InterruptedException {
    try (AgentRun run = AgentRun.start(folder, with("SCAN_PATH_ROOT", ""), "sh", "-c", CLEAN)) {
      run.ended(3);
    }
    assertFailure(3, "SOURCE_UNAVAILABLE: no folders of this machine are scanned here");
  }

  private String ofFolder(Path root, Path target, int exitCode)
      throws IOException, InterruptedException {
    Map<String, String> order = new HashMap<>(order());
    order.keySet().removeAll(Set.of("SCAN_API_URL", "SCAN_TOKEN"));
    order.put("SCAN_PATH_ROOT", root.toString());
    order.put("SCAN_TARGET_URL", target.toString());
    try (AgentRun run = AgentRun.start(folder, order, "sh", "-c", CLEAN)) {
      return run.ended(exitCode).output();
    }
  }

  /** Its own folders come from one place to another under many names. */
  @Test
  void placesAreToldFromTheSourceHoweverTheyAreWritten() throws IOException, InterruptedException {
    Path project = Files.createDirectory(folder.resolve("my [sh\u00f6p] & 100%"));
    Map<String, String> order = new HashMap<>(order());
    order.put("SCAN_TARGET_URL", project.toString());
    String report =
        """
        cat >"$SCAN_REPORT" <<'END'
        {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"grep"}},"results":[
          {"message":{"text":"%s/a %s/b %s/c %s/d"}}]}]}
        END
        """
            .formatted(
                project,
                project.toUri().toString().replaceFirst("/$", ""),
                project.toFile().toURI().toString().replaceFirst("/$", ""),
                project.toUri().getRawPath().replaceFirst("/$", ""));
    try (AgentRun run = AgentRun.start(folder, order, "sh", "-c", report)) {
      run.ended(0);
    }
    assertThat(server.await("report").text()).contains("\"text\":\"a b c d\"");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void assertFailure(int exitCode, String reason) throws InterruptedException {
    JsonNode end = server.await("complete").json();
    assertThat(end.path("exitCode").asInt()).isEqualTo(exitCode);
    assertThat(end.path("error").asText()).isEqualTo(reason);
    assertThat(server.coverage()).contains(Coverage.NONE);
  }

  private Map<String, String> with(String name, String value) {
    Map<String, String> order = new HashMap<>(order());
    order.put(name, value);
    return order;
  }

  private Map<String, String> order() {
    Map<String, String> order = server.order();
    order.put("SCAN_TARGET_TYPE", "path");
    order.put("SCAN_TARGET_URL", folder.resolve("project").toString());
    order.put("SCAN_PATH_ROOT", folder.toString());
    return order;
  }
}
