package dev.mystical.scanner.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.collect.ReportKey;
import dev.mystical.scanner.domain.collect.ReportStore;
import dev.mystical.scanner.domain.collect.ReportStoreContract;
import dev.mystical.scanner.domain.collect.ReportsUnavailable;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderReportStoreTest extends ReportStoreContract {
  private final MovableClock clock = new MovableClock();
  private final ReportKey some =
      new ReportKey(
          new ScanKey(new Tenant("acme"), new ScanId("Scan_1-")),
          SampleScans.SONAR,
          "c".repeat(64));
  private final Path root;

  FolderReportStoreTest(@TempDir Path root) {
    this.root = root;
  }

  @Override
  protected ReportStore store() {
    return folder();
  }

  @Override
  protected void elapse(Duration time) throws InterruptedException {
    clock.advance(time);
    folder().sweep();
  }

  @Test
  void aReportHasItsPlaceAndNothingElseIsThere() throws IOException, InterruptedException {
    put(some, bytes(1, 10));

    assertThat(files())
        .containsExactly("reports/acme/Scan_1-/sonar-" + "c".repeat(64) + ".sarif.gz");
  }

  @Test
  void onlyItsOwnerMayReadAReport() throws IOException, InterruptedException {
    put(some, bytes(1, 10));

    assertThat(permissions(root.resolve(files().getFirst()))).isEqualTo("rw-------");
    for (String each : List.of("reports", "reports/acme", "reports/acme/Scan_1-")) {
      assertThat(permissions(root.resolve(each))).isEqualTo("rwx------");
    }
  }

  @Test
  void aBrokenPutLeavesNoFile() throws IOException, InterruptedException {
    assertThatThrownBy(() ->
            store()
                .put(
                    some,
                    new Watched(
                        bytes(1, 100),
                        50,
                        () -> {
                          throw new IOException("gone");
                        })))
        .isInstanceOf(IOException.class);

    assertThat(files()).isEmpty();
  }

  @Test
  void anEmptyFolderOfItsScanTakenAwayMeanwhileDoesNotMatter()
      throws IOException, InterruptedException {
    put(some, bytes(1, 10));
    clock.advance(KEPT);
    assertThat(folder().sweep()).isEqualTo(1);
    assertThat(files()).isEmpty();
    assertThat(root.resolve("reports")).isEmptyDirectory();

    put(some, bytes(2, 10));

    assertThat(files()).hasSize(1);
  }

  @Test
  void aTenantsFolderThatLeadsElsewhereIsNotUsed() throws IOException, InterruptedException {
    Path outside = Files.createDirectory(root.resolve("outside"));
    Files.createDirectory(root.resolve("reports"));
    Files.createSymbolicLink(root.resolve("reports/acme"), outside);

    assertThatThrownBy(() -> put(some, bytes(1, 10)))
        .isInstanceOf(ReportsUnavailable.class)
        .hasMessageContaining("leads out");
    assertThat(outside).isEmptyDirectory();
    Files.createDirectory(outside.resolve("Scan_1-"));
    Files.writeString(outside.resolve("Scan_1-/sonar-" + "c".repeat(64) + ".sarif.gz"), "secret");
    assertThatThrownBy(() -> store().open(some)).isInstanceOf(ReportsUnavailable.class);
    clock.advance(Duration.ofDays(10_000));
    folder().sweep();
    assertThat(files()).singleElement().asString().startsWith("outside");
  }

  @Test
  void aReportThatIsALinkIsNotFollowed() throws IOException, InterruptedException {
    put(some, bytes(1, 10));
    Path file = root.resolve(files().getFirst());
    Path secret = Files.writeString(root.resolve("secret"), "secret");
    Files.delete(file);
    Files.createSymbolicLink(file, secret);

    assertThatThrownBy(() -> store().open(some)).isInstanceOf(ReportsUnavailable.class);
  }

  @Test
  void aFolderThatIsNoneIsSaidToBe() throws IOException {
    Files.writeString(root.resolve("reports"), "a file");

    assertThatThrownBy(() -> put(some, bytes(1, 10))).isInstanceOf(ReportsUnavailable.class);
  }

  private FolderReportStore folder() {
    return new FolderReportStore(root.resolve("reports"), KEPT, clock);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(path -> !Files.isDirectory(path))
          .map(path -> root.relativize(path).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
