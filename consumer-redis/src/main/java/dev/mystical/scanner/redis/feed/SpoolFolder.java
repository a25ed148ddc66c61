package dev.mystical.scanner.redis.feed;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder of segments that belongs to one process: as long as that lives it holds the lock on the
 * file in it. Only the owner's feed thread uses it.
 */
record SpoolFolder(Path path, FileChannel lockFile) implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final String SEGMENT = ".spool";
  private static final String UNFINISHED = ".new-";

  /** Makes a folder of one's own, which no one sees before it is locked. */
  static SpoolFolder create(Path parent, String name) throws IOException {
    if (!Files.isDirectory(parent)) {
      Files.createDirectories(parent, mode("rwx------"));
    }
    Path unfinished = parent.resolve(UNFINISHED + name);
    Files.createDirectories(unfinished, mode("rwx------"));
    FileChannel lockFile =
        FileChannel.open(
            unfinished.resolve(LOCK),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            mode("rw-------"));
    try {
      if (locked(lockFile).isEmpty()) {
        throw new IOException("another process uses " + unfinished);
      }
      Path path = parent.resolve(name);
      Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
      return new SpoolFolder(path, lockFile);
    } catch (IOException e) {
      lockFile.close();
      throw e;
    }
  }

  /** The folders of dead processes, oldest first, each locked by us from now on. */
  static List<SpoolFolder> leftBehind(Path parent, Path own) throws IOException {
    List<SpoolFolder> found = new ArrayList<>();
    if (!Files.isDirectory(parent)) {
      return found;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, Files::isDirectory)) {
      for (Path folder : folders) {
        boolean unfinished = String.valueOf(folder.getFileName()).startsWith(UNFINISHED);
        if (!unfinished && !folder.equals(own)) {
          taken(folder).ifPresent(found::add);
        }
      }
    }
    found.sort(Comparator.comparingLong(folder -> folder.modified()));
    return found;
  }

  private static Optional<SpoolFolder> taken(Path folder) throws IOException {
    FileChannel lockFile;
    try {
      lockFile = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (locked(lockFile).isEmpty()) {
      lockFile.close();
      return Optional.empty();
    }
    return Optional.of(new SpoolFolder(folder, lockFile));
  }

  private static Optional<FileLock> locked(FileChannel lockFile) throws IOException {
    try {
      return Optional.ofNullable(lockFile.tryLock());
    } catch (OverlappingFileLockException e) {
      // Another feed of this very process.
      return Optional.empty();
    }
  }

  List<Path> segments() throws IOException {
    List<Path> segments = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*" + SEGMENT)) {
      files.forEach(segments::add);
    }
    segments.sort(Comparator.naturalOrder());
    return segments;
  }

  Path segment(long number) {
    return path.resolve("%012d%s".formatted(number, SEGMENT));
  }

  static FileChannel newSegment(Path file) throws IOException {
    return FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode("rw-------"));
  }

  /** Gives up the folder, and removes it where nothing is left in it. */
  @Override
  public void close() throws IOException {
    try {
      if (segments().isEmpty()) {
        Files.deleteIfExists(path.resolve(LOCK));
        Files.deleteIfExists(path);
      }
    } finally {
      lockFile.close();
    }
  }

  private long modified() {
    try {
      return Files.getLastModifiedTime(path).toMillis();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  private static FileAttribute<?>[] mode(String permissions) {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
