package dev.mystical.scanner.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job on a runtime with no more modules than the image's. scripts/image-test does the same
 * in the image itself, and much more.
 */
class LinkedRuntimeIT {
  @Test
  void itsModulesAreEnoughForTheMainJob(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path runtime = folder.resolve("runtime");
    run(ProjectFiles.PROJECT.resolve("scripts/image").toString(), "--runtime", runtime.toString());

    try (TrialStand stand = new TrialStand()) {
      Map<String, String> environment = stand.environment();
      environment.put("SPOOL_DIR", folder.resolve("spool").toString());
      Trial.Result result =
          Trial.run(
              stand,
              List.of(
                  runtime.resolve("bin/java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-jar",
                  ProjectFiles.PROJECT.resolve("consumer-app/target/consumer-app.jar").toString()),
              environment,
              folder);

      assertThat(result.residentKib()).isPositive();
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
