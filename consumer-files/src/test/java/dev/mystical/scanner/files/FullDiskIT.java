package dev.mystical.scanner.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that may write only so much into a file stands for a disk that is full. */
class FullDiskIT {
  private static final int FITS = 500_000;
  private static final int TOO_MUCH = 5_000_000;

  private final Path folder;

  FullDiskIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aFullDiskIsSaidToBeAndKeepsNothingOfTheReport() throws IOException, InterruptedException {
    assertThat(put(TOO_MUCH)).isEqualTo(PutProgram.REFUSED);

    FolderReportStore store =
        new FolderReportStore(folder, Duration.ofDays(8), InstantSource.system());
    assertThat(store.open(PutProgram.SMALL)).isPresent();
    assertThat(store.open(PutProgram.BIG)).isEmpty();
    assertThat(files()).hasSize(1);
  }

  @Test
  void whatFitsIsKept() throws IOException, InterruptedException {
    assertThat(put(FITS)).isZero();

    assertThat(files()).hasSize(2);
  }

  private int put(int bytes) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                List.of(
                    "sh",
                    "-c",
                    "ulimit -f 4096; exec \"$@\"",
                    "sh",
                    java,
                    "-cp",
                    System.getProperty("java.class.path"),
                    PutProgram.class.getName(),
                    folder.toString(),
                    String.valueOf(bytes)))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }
}
