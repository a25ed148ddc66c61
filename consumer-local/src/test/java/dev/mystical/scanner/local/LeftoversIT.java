package dev.mystical.scanner.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.local.scanner.LocalProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever stops the local mode in the middle of work finds nothing of it on his machine. */
class LeftoversIT {
  @TempDir private Path folder;

  /** The folder of an agent that was killed, with all that it had fetched, once stayed. */
  @Test
  void nothingOfAScanStaysBehindWhenTheStandStops() throws IOException, InterruptedException {
    Path target = Files.createDirectory(folder.resolve("project"));
    Path told = folder.resolve("told");
    assertThat(new ProcessBuilder("mkfifo", told.toString()).start().waitFor()).isZero();
    LocalProvider provider =
        ShellScanner.of("hangs", "echo \"$TMPDIR\" >'" + told + "'; sleep 1000", folder, folder);

    Path scratch;
    try (LocalServer server = LocalServer.start(List.of(provider), Map.of())) {
      var unused = server.submit(ShellScanner.request(target, List.of("hangs")));
      // Opening waits until the scanner writes.
      scratch = Path.of(Files.readString(told).strip());
      assertThat(scratch).isDirectory();
    }

    assertThat(scratch.getParent()).doesNotExist();
  }
}
