package dev.mystical.scanner.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Goes through a folder of tenants' folders of scans' folders of files, one entry at each call: the
 * files of a folder, and then the folder itself. Follows no links. What comes and goes meanwhile
 * may be passed over. Confined to one thread at a time.
 */
final class Walk implements AutoCloseable {
  private static final int DEPTH = 3;

  /** A folder, and what is still to come of it. */
  private record Level(Path folder, DirectoryStream<Path> stream, Iterator<Path> left) {
    @SuppressWarnings("StreamResourceLeak") // The walk closes it when it leaves the folder.
    static Level of(Path folder) throws IOException {
      DirectoryStream<Path> stream = Files.newDirectoryStream(folder);
      return new Level(folder, stream, stream.iterator());
    }

    Optional<Path> next() {
      try {
        return left.hasNext() ? Optional.of(left.next()) : Optional.empty();
      } catch (DirectoryIteratorException unreadable) {
        // The rest of it has to wait for another walk.
        return Optional.empty();
      }
    }
  }

  private final Deque<Level> levels = new ArrayDeque<>();

  Walk(Path folder) throws IOException {
    levels.push(Level.of(folder));
  }

  /** The next entry; empty at the end. */
  Optional<Path> next() throws IOException {
    while (!levels.isEmpty()) {
      Level level = levels.element();
      Optional<Path> entry = level.next();
      if (entry.isEmpty()) {
        leave();
        if (!levels.isEmpty()) {
          return Optional.of(level.folder());
        }
      } else if (levels.size() == DEPTH || !entered(entry.get())) {
        return entry;
      }
    }
    return Optional.empty();
  }

  private boolean entered(Path entry) {
    if (!Files.isDirectory(entry, NOFOLLOW_LINKS)) {
      return false;
    }
    try {
      levels.push(Level.of(entry));
      return true;
    } catch (IOException goneOrUnreadable) {
      return false;
    }
  }

  private void leave() throws IOException {
    levels.pop().stream().close();
  }

  @Override
  public void close() throws IOException {
    while (!levels.isEmpty()) {
      leave();
    }
  }
}
