package dev.mystical.scanner.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a newcomer starts first, as a process, with its output read by a program. */
class DemoIT {
  private static final Path MODULE = Path.of("").toAbsolutePath();

  @Test
  void scansTheSampleWithRealScannersAndPrintsTheirFindings()
      throws IOException, InterruptedException {
    Process demo = start("--demo");

    String said = new String(demo.getInputStream().readAllBytes(), UTF_8);

    assertThat(demo.waitFor()).as(said).isZero();
    assertThat(said)
        .contains("accepted: http://127.0.0.1:", "task of spotbugs is RUNNING", "/report")
        .containsPattern("verdict +FAIL")
        .containsPattern(
            "DMI_CONSTANT_DB_PASSWORD +vulnerable-java/src/main/java/shop/Orders.java:\\d+")
        .containsPattern("EmptyCatchBlock +vulnerable-java/src/main/java/shop/Imports.java:\\d+")
        .contains("every scanner did its work")
        .doesNotContain("\u001b[");
  }

  @Test
  void anUnknownArgumentIsNoDemo() throws IOException, InterruptedException {
    Process wrong = start("--demonstrate");

    String said = new String(wrong.getInputStream().readAllBytes(), UTF_8);

    assertThat(wrong.waitFor()).isEqualTo(2);
    assertThat(said).contains("unknown arguments: --demonstrate", "scripts/local --demo");
  }

  private static Process start(String argument) throws IOException {
    Path target = MODULE.resolve("target");
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dscanner.project=" + MODULE.getParent(),
                "-cp",
                target.resolve("consumer-local-0.1.0.jar")
                    + File.pathSeparator
                    + target.resolve("lib")
                    + "/*",
                "dev.mystical.scanner.local.LocalMain",
                argument))
        .redirectErrorStream(true)
        .start();
  }
}
