package dev.mystical.scanner.stand.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.Task;

class ContainerProcessIT {

  private static final String BACKGROUND = "sleep 600 & echo $$ $! > %s; %s";

  private final SeenEvents events = new SeenEvents();

  @TempDir Path folder;

  private Stand running(String... line) {
    return running(LocalEcsSettings.defaults(), line);
  }

  private Stand running(LocalEcsSettings settings, String... line) {
    return new Stand(
        settings
            .withEvents(events)
            .withCommands(container -> new ContainerWork.Command(List.of(line))));
  }

  private static String output(Stand stand, String arn) throws IOException {
    return Files.readString(stand.ecs.logFile(arn, Stand.CONTAINER));
  }

  @Test
  void theExitCodeIsTheProcesss() throws InterruptedException, IOException {
    try (Stand stand = running("sh", "-c", "echo out; echo err >&2; exit 42")) {
      String arn = stand.launch();
      events.await("STOPPED");
      Task task = stand.task(arn);
      assertThat(task.containers().getFirst().exitCode()).isEqualTo(42);
      assertThat(task.stopCodeAsString()).isEqualTo("EssentialContainerExited");
      assertThat(output(stand, arn)).isEqualTo("out\nerr\n");
    }
  }

  @Test
  void theEnvironmentIsTheDefinitionsWithTheOverridesAndNothingElse()
      throws InterruptedException, IOException {
    try (Stand stand = running("env")) {
      stand.ecs.registerTaskDefinition(
          """
          {"family":"env","networkMode":"awsvpc","cpu":"256","memory":"512",
           "requiresCompatibilities":["FARGATE"],
           "containerDefinitions":[{"name":"scanner","image":"a","environment":[
             {"name":"KEPT","value":"defined"},{"name":"SCAN_ID","value":"defined"}]}]}\
          """);
      ContainerOverride override =
          ContainerOverride.builder()
              .name(Stand.CONTAINER)
              .environment(KeyValuePair.builder().name("SCAN_ID").value("a b'c").build())
              .build();
      String arn =
          stand
              .client
              .runTask(
                  Stand.request()
                      .taskDefinition("env")
                      .overrides(o -> o.containerOverrides(override))
                      .build())
              .tasks()
              .getFirst()
              .taskArn();
      events.await("STOPPED");

      Map<String, String> seen = new TreeMap<>();
      for (String line : output(stand, arn).lines().toList()) {
        seen.put(line.split("=", 2)[0], line.split("=", 2)[1]);
      }
      assertThat(seen).containsEntry("SCAN_ID", "a b'c").containsEntry("KEPT", "defined");
      assertThat(seen).containsEntry("JAVA_HOME", System.getProperty("java.home"));
      assertThat(seen.keySet()).isSubsetOf("SCAN_ID", "KEPT", "PATH", "HOME", "JAVA_HOME");
    }
  }

  @Test
  void itWorksInAFolderOfItsOwn() throws InterruptedException, IOException {
    try (Stand stand =
        running(LocalEcsSettings.defaults().withFolder(folder), "sh", "-c", "echo hi > report")) {
      String first = stand.launch();
      events.await("STOPPED");
      String second = stand.launch();
      events.await("STOPPED");
      Path report = stand.ecs.folder(first, Stand.CONTAINER).resolve("report");
      assertThat(report).startsWith(folder).hasContent("hi");
      assertThat(stand.ecs.folder(second, Stand.CONTAINER).resolve("report")).exists();
      assertThat(stand.ecs.folder(second, Stand.CONTAINER)).isNotEqualTo(report.getParent());
    }
  }

  @Test
  void stopTaskSendsSigterm() throws InterruptedException, IOException {
    Rendezvous ready = Rendezvous.in(folder);
    String script =
        "trap 'echo bye; exit 9' TERM; echo > " + ready.pipe() + "; while :; do sleep 0.05; done";
    try (Stand stand = running("sh", "-c", script)) {
      String arn = stand.launch();
      // Its own word may come before we have taken note that it runs.
      ready.hear();
      events.await("RUNNING");
      var unused = stand.client.stopTask(s -> s.cluster(Stand.CLUSTER).task(arn).reason("enough"));
      JsonNode stopped = events.await("STOPPED");
      assertThat(stopped.path("stoppedReason").asText()).isEqualTo("enough");
      assertThat(stand.task(arn).containers().getFirst().exitCode()).isEqualTo(9);
      assertThat(output(stand, arn)).isEqualTo("bye\n");
    }
  }

  @Test
  void whoIgnoresSigtermIsKilledAfterTheGrace() throws InterruptedException, IOException {
    Rendezvous ready = Rendezvous.in(folder);
    LocalEcsSettings settings =
        LocalEcsSettings.defaults()
            .withTime(StandTime.handStepped(Stand.START))
            .withStopGrace(Duration.ofSeconds(30));
    String script = "trap '' TERM; echo > " + ready.pipe() + "; while :; do sleep 0.05; done";
    try (Stand stand = running(settings, "sh", "-c", script)) {
      String arn = stand.launch();
      stand.seconds(1);
      ready.hear();
      events.await("RUNNING");
      var unused = stand.client.stopTask(s -> s.cluster(Stand.CLUSTER).task(arn));
      stand.seconds(29);
      assertThat(stand.task(arn).lastStatus()).isEqualTo("RUNNING");
      stand.seconds(1);
      events.await("DEPROVISIONING");
      assertThat(stand.task(arn).containers().getFirst().exitCode()).isEqualTo(137);
    }
  }

  @Test
  void closingLeavesNoProcess() throws InterruptedException, IOException {
    Rendezvous ready = Rendezvous.in(folder);
    String pids;
    try (Stand stand = running("sh", "-c", BACKGROUND.formatted(ready.pipe(), "wait"))) {
      stand.launch();
      pids = ready.hear();
      stand.ecs.close();
      // Once more, by the way out: that is harmless.
    }
    assertThat(pids.split(" ")).hasSize(2).allSatisfy(ContainerProcessIT::ends);
  }

  @Test
  void theEndOfAContainerIsTheEndOfWhatItStarted() throws InterruptedException, IOException {
    Rendezvous ready = Rendezvous.in(folder);
    try (Stand stand = running("sh", "-c", BACKGROUND.formatted(ready.pipe(), "exit 0"))) {
      stand.launch();
      String pids = ready.hear();
      events.await("STOPPED");
      assertThat(pids.split(" ")).allSatisfy(ContainerProcessIT::ends);
    }
  }

  @Test
  void theEndOfOurJvmIsTheEndOfItsContainers() throws InterruptedException, IOException {
    Rendezvous ready = Rendezvous.in(folder);
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OrphanProgram.class.getName(),
                folder.toString(),
                "sh",
                "-c",
                "echo $$ > " + ready.pipe() + "; exec sleep 600")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      String pid = ready.hear();
      jvm.destroyForcibly();
      ends(pid);
    } finally {
      jvm.destroyForcibly();
    }
  }

  private static void ends(String pid) {
    ProcessHandle.of(Long.parseLong(pid))
        .ifPresent(process -> assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(10)));
  }

  @Test
  void aProgramThatIsNotThereCannotStart() throws InterruptedException {
    try (Stand stand = running("/no/such/program")) {
      String arn = stand.launch();
      events.await("STOPPED");
      Task task = stand.task(arn);
      assertThat(task.stopCodeAsString()).isEqualTo("TaskFailedToStart");
      assertThat(task.stoppedReason()).startsWith("CannotStartContainerError");
      assertThat(task.containers().getFirst().exitCode()).isNull();
    }
  }
}
