package dev.mystical.scanner.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Deletes what nobody keeps any more, some at each call. Several processes may sweep one folder.
 *
 * <p>A report that is to go is set aside first, under a temporary name, and its time is looked at
 * again: whoever kept it before that has set its time, and it is put back; whoever comes after that
 * is told that it is gone. So nobody is told that a report is kept which is then deleted.
 */
final class Sweeper implements AutoCloseable {
  /**
   * A writer that lives writes something all the while. The file system stamps what is written by a
   * clock of its own, which may not be quite ours.
   */
  static final Duration TEMPORARY_KEPT = Duration.ofDays(1);

  private final ReportFolder folder;
  private final Duration kept;
  private final InstantSource clock;
  private final int lookedAt;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private Optional<Walk> walk = Optional.empty();
  private boolean closed;

  /**
   * A sweeper.
   *
   * @param lookedAt how many files and folders one call looks at
   */
  Sweeper(ReportFolder folder, Duration kept, InstantSource clock, int lookedAt) {
    this.folder = folder;
    this.kept = kept;
    this.clock = clock;
    this.lookedAt = lookedAt;
  }

  /** Answers how many files it deleted. */
  int sweep() throws IOException {
    if (!lock.tryLock()) {
      return 0;
    }
    try {
      return closed || !Files.isDirectory(folder.path()) ? 0 : some();
    } finally {
      lock.unlock();
    }
  }

  private int some() throws IOException {
    Instant now = clock.instant();
    int deleted = 0;
    List<IOException> failures = new ArrayList<>();
    Walk under = walk.isPresent() ? walk.get() : new Walk(folder.path());
    walk = Optional.of(under);
    for (int i = 0; i < lookedAt; i++) {
      Optional<Path> entry = under.next();
      if (entry.isEmpty()) {
        endWalk();
        break;
      }
      try {
        deleted += deleted(entry.get(), now) ? 1 : 0;
      } catch (IOException e) {
        // One file that cannot be deleted must not keep all after it from being so.
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw new IOException(
          "%d of the files to sweep cannot be deleted".formatted(failures.size()),
          failures.getFirst());
    }
    return deleted;
  }

  /** Whether a file was deleted; empty folders go without being counted. */
  private boolean deleted(Path entry, Instant now) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(entry, BasicFileAttributes.class, NOFOLLOW_LINKS);
      Instant time = attributes.lastModifiedTime().toInstant();
      if (attributes.isDirectory()) {
        if (ReportFolder.isFolder(entry)) {
          Files.delete(entry);
        }
        return false;
      }
      if (ReportFolder.isTemporary(entry)) {
        return over(time, TEMPORARY_KEPT, now) && Files.deleteIfExists(entry);
      }
      return ReportFolder.isReport(entry) && over(time, kept, now) && expired(entry, now);
    } catch (NoSuchFileException | DirectoryNotEmptyException somebodyElse) {
      return false;
    }
  }

  private boolean expired(Path report, Instant now) throws IOException {
    Path aside = folder.temporary(report);
    Files.move(report, aside, StandardCopyOption.ATOMIC_MOVE);
    if (over(Files.getLastModifiedTime(aside, NOFOLLOW_LINKS).toInstant(), kept, now)) {
      return Files.deleteIfExists(aside);
    }
    Files.move(aside, report, StandardCopyOption.ATOMIC_MOVE);
    return false;
  }

  private static boolean over(Instant time, Duration kept, Instant now) {
    return !time.plus(kept).isAfter(now);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      endWalk();
    } catch (IOException nothingWasWritten) {
      return;
    } finally {
      lock.unlock();
    }
  }

  private void endWalk() throws IOException {
    Optional<Walk> ended = walk;
    walk = Optional.empty();
    if (ended.isPresent()) {
      ended.get().close();
    }
  }
}
