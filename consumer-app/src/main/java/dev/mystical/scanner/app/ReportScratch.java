package dev.mystical.scanner.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for reports while they are read, which belongs to one process: as long as that lives it
 * holds the lock on the file in it. What processes have left that were killed goes when another one
 * begins, or a machine on which some are would run out of room one day.
 */
record ReportScratch(Path folder, FileChannel owner) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReportScratch.class);
  private static final String NAME = "scanner-reports-";
  private static final String UNFINISHED = ".new-";
  private static final String OWNER = "owner";

  /** Makes one, which nobody takes for another's before it is locked. */
  static ReportScratch in(Path spool) {
    try {
      Files.createDirectories(spool);
      Path unfinished = Files.createTempDirectory(spool, UNFINISHED + NAME);
      FileChannel owner =
          FileChannel.open(
              unfinished.resolve(OWNER), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      if (!lock(owner)) {
        throw new IOException("another process uses " + unfinished);
      }
      String name = String.valueOf(unfinished.getFileName()).substring(UNFINISHED.length());
      // While ours has no such name: to look at a lock of one's own gives it up on many systems.
      removeLeftovers(spool);
      Path folder = Files.move(unfinished, spool.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      return new ReportScratch(folder, owner);
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for reports in " + spool, e);
    }
  }

  /** Gives it up, with all that is in it. */
  @Override
  public void close() {
    try (owner) {
      remove(folder);
    } catch (IOException e) {
      LOG.warn("event=report-folder-left folder={} reason=\"{}\"", folder, e.toString());
    }
  }

  private static void removeLeftovers(Path spool) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(spool, NAME + "*")) {
      for (Path folder : folders) {
        try {
          if (left(folder)) {
            remove(folder);
          }
        } catch (IOException e) {
          LOG.warn("event=report-folder-left folder={} reason=\"{}\"", folder, e.toString());
        }
      }
    }
  }

  /** Whether nobody lives whose it is. */
  private static boolean left(Path folder) throws IOException {
    try (FileChannel owner = FileChannel.open(folder.resolve(OWNER), StandardOpenOption.WRITE)) {
      return lock(owner);
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  private static boolean lock(FileChannel owner) throws IOException {
    try {
      return owner.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Another server of this very process.
      return false;
    }
  }

  /** The owner's file last, so that a folder that is half removed is still known for one. */
  private static void remove(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!file.endsWith(OWNER)) {
          Files.deleteIfExists(file);
        }
      }
    }
    Files.deleteIfExists(folder.resolve(OWNER));
    Files.deleteIfExists(folder);
  }
}
