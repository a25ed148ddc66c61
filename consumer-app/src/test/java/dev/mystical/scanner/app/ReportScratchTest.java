package dev.mystical.scanner.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportScratchTest {
  @TempDir private Path spool;

  @Test
  void nothingStaysOnceItIsClosed() throws IOException {
    ReportScratch scratch = ReportScratch.in(spool);
    Files.writeString(scratch.folder().resolve("packed-1.tmp"), "half a report");

    scratch.close();

    assertThat(spool).isEmptyDirectory();
  }

  @Test
  void whatTheKilledHaveLeftGoes() throws IOException {
    Path owned = Files.createDirectory(spool.resolve("scanner-reports-1"));
    Files.createFile(owned.resolve("owner"));
    Files.writeString(owned.resolve("packed-1.tmp"), "half a report");
    Path bare = Files.createDirectory(spool.resolve("scanner-reports-2"));

    try (ReportScratch scratch = ReportScratch.in(spool)) {
      assertThat(owned).doesNotExist();
      assertThat(bare).doesNotExist();
      assertThat(scratch.folder()).isDirectory();
    }
  }

  @Test
  void whatBelongsToOthersStays() throws IOException {
    Path foreign = Files.createDirectory(spool.resolve("scanner-1"));
    try (ReportScratch living = ReportScratch.in(spool)) {
      Path report = Files.writeString(living.folder().resolve("packed-1.tmp"), "half a report");

      ReportScratch.in(spool).close();

      assertThat(report).exists();
    }
    assertThat(foreign).exists();
  }
}
