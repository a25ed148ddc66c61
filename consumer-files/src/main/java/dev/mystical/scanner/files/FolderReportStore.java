package dev.mystical.scanner.files;

import dev.mystical.scanner.domain.collect.ReportKey;
import dev.mystical.scanner.domain.collect.ReportStore;
import dev.mystical.scanner.domain.collect.ReportsUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Reports in a folder, which replicas may share: {@code
 * <tenant>/<scanId>/<provider>-<sha256>.sarif.gz}, readable by the owner alone. A report is written
 * under a temporary name beside its place, synced to the disk, and moved there in one step. Its
 * time of modification is the last put or keep, by the clock given here; {@link #sweep} goes by
 * that.
 *
 * <p>Safe for use by many threads and processes. A call holds one buffer. Calls take as long as the
 * file system does: a folder on a network wants a mount that gives up.
 */
public final class FolderReportStore implements ReportStore, AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  /** A sweep may take an empty folder away just before a file is made in it. */
  private static final int TRIES = 5;

  /** Seconds of work on a slow network. */
  private static final int SWEPT_AT_ONCE = 2_000;

  private final ReportFolder folder;
  private final InstantSource clock;
  private final Sweeper sweeper;

  /**
   * A store. Nothing is made or looked at before the first call.
   *
   * @param kept for how long a report is kept, from the last put or keep on
   */
  public FolderReportStore(Path path, Duration kept, InstantSource clock) {
    if (!kept.isPositive()) {
      throw new IllegalArgumentException("kept " + kept);
    }
    this.folder = new ReportFolder(path.toAbsolutePath().normalize());
    this.clock = clock;
    this.sweeper = new Sweeper(folder, kept, clock, SWEPT_AT_ONCE);
  }

  @Override
  public void put(ReportKey key, InputStream packed) throws IOException, InterruptedException {
    if (keep(key)) {
      // It is not swept before the stream ends, and would stay as it is.
      packed.transferTo(OutputStream.nullOutputStream());
      return;
    }
    Path file = folder.file(key);
    Path temporary = folder.temporary(file);
    FileChannel out = onDisk(() -> created(temporary));
    try {
      copy(packed, out);
      onDisk(() -> published(out, temporary, file));
    } finally {
      discard(out, temporary);
    }
  }

  private FileChannel created(Path temporary) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        folder.makeFor(temporary);
        return folder.create(temporary);
      } catch (NoSuchFileException swept) {
        if (tries == TRIES) {
          throw swept;
        }
      }
    }
  }

  /** What the stream throws goes on as it is; what the disk throws does not. */
  private static void copy(InputStream packed, FileChannel out)
      throws IOException, InterruptedException {
    byte[] buffer = new byte[BUFFER];
    for (int read = packed.read(buffer); read >= 0; read = packed.read(buffer)) {
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
      while (bytes.hasRemaining()) {
        onDisk(() -> out.write(bytes));
      }
    }
  }

  private boolean published(FileChannel out, Path temporary, Path file) throws IOException {
    folder.touch(temporary, clock.instant());
    out.force(true);
    out.close();
    try {
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // Where open files cannot be replaced: somebody put the same report, and it is being read.
      if (!folder.touch(file, clock.instant())) {
        throw e;
      }
    }
    folder.syncAround(file);
    return true;
  }

  /** Where all went well there is nothing of it any more. What cannot be deleted is swept. */
  private static void discard(FileChannel out, Path temporary) {
    try (out) {
      Files.deleteIfExists(temporary);
    } catch (IOException leftToTheSweep) {
      return;
    }
  }

  @Override
  public Optional<InputStream> open(ReportKey key) throws InterruptedException {
    leaveIfInterrupted();
    return onDisk(() -> {
      try {
        return Optional.of(Channels.newInputStream(folder.open(folder.file(key))));
      } catch (NoSuchFileException none) {
        return Optional.empty();
      }
    });
  }

  @Override
  public boolean keep(ReportKey key) throws InterruptedException {
    leaveIfInterrupted();
    return onDisk(() -> folder.touch(folder.file(key), clock.instant()));
  }

  /**
   * Deletes some of what nobody keeps any more: reports whose time is over, and what writers left
   * that died. Looks at a bounded number of files, and goes on where the call before it stopped; at
   * the end it begins anew. Leaves alone what has other names. Answers how many files it deleted;
   * none while another thread sweeps.
   */
  public int sweep() throws InterruptedException {
    leaveIfInterrupted();
    return onDisk(sweeper::sweep);
  }

  /** Ends sweeping; reports can still be put and read. */
  @Override
  public void close() {
    sweeper.close();
  }

  private static void leaveIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** Something that is done with files. */
  private interface FileWork<T> {
    T done() throws IOException;
  }

  private static <T> T onDisk(FileWork<T> work) throws InterruptedException {
    try {
      return work.done();
    } catch (IOException e) {
      // An interrupt closes a channel, and sets the flag again.
      leaveIfInterrupted();
      throw new ReportsUnavailable("the folder of reports cannot be used: " + e, e);
    }
  }
}
