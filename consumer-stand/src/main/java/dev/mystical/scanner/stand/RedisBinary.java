package dev.mystical.scanner.stand;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import redis.embedded.core.ExecutableProvider;

/** Where the redis-server program comes from. */
final class RedisBinary {

  private RedisBinary() {}

  /** The one of the PATH, else the one in embedded-redis, unpacked into {@code folder}. */
  static Path find(Path folder) {
    String path = System.getenv("PATH");
    for (String place : path == null ? new String[0] : path.split(File.pathSeparator, -1)) {
      Path candidate = Path.of(place, "redis-server");
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return candidate.toAbsolutePath();
      }
    }
    return unpack(folder);
  }

  static Path unpack(Path folder) {
    try {
      Path unpacked = ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toPath();
      return unpacked.toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack redis-server into " + folder, e);
    }
  }
}
