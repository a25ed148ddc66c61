package dev.mystical.scanner.stand;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders of the stand's servers. */
final class TemporaryFolder {

  private TemporaryFolder() {}

  static Path make(String prefix) {
    try {
      return Files.createTempDirectory(prefix);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a temporary folder", e);
    }
  }

  static void delete(Path folder) {
    empty(folder);
    remove(folder);
  }

  static void empty(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    for (Path path : deepestFirst(folder)) {
      if (!path.equals(folder)) {
        remove(path);
      }
    }
  }

  private static List<Path> deepestFirst(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  private static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + path, e);
    }
  }
}
