package dev.mystical.scanner.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.collect.ReportKey;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
  private static final Duration KEPT = Duration.ofDays(8);

  private final MovableClock clock = new MovableClock();

  /**
   * So long ago that whatever the file system stamps itself is young, however long a test plays.
   */
  private final InstantSource past = () -> clock.instant().minus(Duration.ofDays(15_000));

  private final Path root;
  private final FolderReportStore store;

  SweepTest(@TempDir Path root) {
    this.root = root;
    this.store = new FolderReportStore(root, KEPT, past);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void ofAFolderThatIsNotThereNothingIsSwept() throws InterruptedException {
    assertThat(new FolderReportStore(root.resolve("none"), KEPT, past).sweep()).isZero();
  }

  @Test
  void whatDeadWritersLeftGoesAfterADay() throws IOException, InterruptedException {
    ReportKey key = make();
    Path report = fileOf(key);
    String name = ".%s.01234567-89ab-cdef-0123-456789abcdef.part".formatted(report.getFileName());
    Path left = Files.writeString(report.resolveSibling(name), "half a rep");
    Files.setLastModifiedTime(left, FileTime.from(past.instant()));

    assertThat(store.open(key)).isPresent();
    clock.advance(Sweeper.TEMPORARY_KEPT.minusSeconds(1));
    assertThat(store.sweep()).isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(store.sweep()).isEqualTo(1);

    assertThat(left).doesNotExist();
    assertThat(report).exists();
  }

  @Test
  void whatIsNoReportIsLeftAlone() throws IOException, InterruptedException {
    Path report = fileOf(make());
    List<Path> others =
        List.of(
            report.resolveSibling("notes.txt"),
            report.resolveSibling("sonar.sarif.gz"),
            report.resolveSibling("." + report.getFileName() + ".part"),
            root.resolve("README"),
            Files.createDirectory(root.resolve("lost+found")));
    for (Path other : others) {
      if (!Files.exists(other)) {
        Files.writeString(other, "");
      }
      Files.setLastModifiedTime(other, FileTime.from(past.instant()));
    }
    clock.advance(KEPT);

    assertThat(store.sweep()).isEqualTo(1);

    assertThat(report).doesNotExist();
    assertThat(others).allMatch(Files::exists);
  }

  @Test
  void eachSweepLooksAtSomeAndAllAreLookedAtInTime() throws IOException, InterruptedException {
    List<ReportKey> keys = new ArrayList<>();
    for (int i = 0; i < 75; i++) {
      keys.add(make());
    }
    clock.advance(KEPT.minusSeconds(1));
    ReportKey kept = keys.get(35);
    assertThat(store.keep(kept)).isTrue();
    clock.advance(Duration.ofSeconds(1));

    try (Sweeper sweeper = sweeper(100)) {
      // A report and the folder of its scan are two that are looked at.
      int first = sweeper.sweep();
      assertThat(first).isBetween(49, 50);
      assertThat(first + sweeper.sweep()).isEqualTo(74);
      assertThat(sweeper.sweep()).isZero();
    }
    assertThat(store.open(kept)).isPresent();
  }

  @Test
  void oldReportsBehindManyYoungOnesAreReached() throws IOException {
    List<ReportKey> old = List.of(make(), make(), make());
    clock.advance(KEPT);
    for (int i = 0; i < 100; i++) {
      make();
    }

    int deleted = 0;
    try (Sweeper sweeper = sweeper(20)) {
      for (int i = 0; i < 12; i++) {
        deleted += sweeper.sweep();
      }
    }

    assertThat(deleted).isEqualTo(old.size());
  }

  /** Nobody is told that a report is kept which is then deleted. */
  @Test
  void whatIsSaidToBeKeptIsNotSwept() throws IOException, ExecutionException, InterruptedException {
    int kept = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        FolderReportStore other = new FolderReportStore(root, KEPT, past)) {
      for (int i = 0; i < 500; i++) {
        ReportKey key = make();
        clock.advance(KEPT);
        Future<Boolean> keeping = threads.submit(() -> other.keep(key));
        List<Future<Integer>> sweeps =
            List.of(threads.submit(store::sweep), threads.submit(other::sweep));
        for (Future<Integer> sweep : sweeps) {
          sweep.get();
        }
        if (keeping.get()) {
          kept++;
          assertThat(store.open(key)).as("turn %d", i).isPresent();
        }
      }
    }
    assertThat(kept).isPositive();
  }

  @Test
  void reportsArePutWhileFoldersAreSwept()
      throws IOException, ExecutionException, InterruptedException {
    ReportKey first = make();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 100; i++) {
        clock.advance(KEPT);
        Future<Integer> sweep = threads.submit(store::sweep);
        // Into a folder that is about to be empty, or to be taken away.
        ReportKey next = new ReportKey(first.scan(), first.provider(), "%064x".formatted(i));
        put(next);
        sweep.get();
        assertThat(store.open(next)).as("turn %d", i).isPresent();
      }
    }
  }

  /** A report as a put leaves it, but for the disk, which would take its time for thousands. */
  private ReportKey make() throws IOException {
    ReportKey key = new ReportKey(SampleScans.newKey(), SampleScans.SONAR, "d".repeat(64));
    Path file = fileOf(key);
    Files.createDirectories(file.resolve("..").normalize());
    Files.write(file, new byte[] {1, 2, 3});
    Files.setLastModifiedTime(file, FileTime.from(past.instant()));
    return key;
  }

  private void put(ReportKey key) throws IOException, InterruptedException {
    store.put(key, new ByteArrayInputStream(new byte[] {1, 2, 3}));
  }

  private Sweeper sweeper(int lookedAt) {
    return new Sweeper(new ReportFolder(root), KEPT, past, lookedAt);
  }

  private Path fileOf(ReportKey key) {
    return new ReportFolder(root).file(key);
  }
}
