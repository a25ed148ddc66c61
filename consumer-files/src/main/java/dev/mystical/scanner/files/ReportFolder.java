package dev.mystical.scanner.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.mystical.scanner.domain.collect.ReportKey;
import dev.mystical.scanner.domain.scan.ScanId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Where reports are, and who may read them. Nothing that is named here lies outside of the folder,
 * and no link is followed that would lead out of it.
 */
record ReportFolder(Path path) {
  private static final Pattern REPORT =
      Pattern.compile("[a-z][a-z0-9-]{0,31}-[0-9a-f]{64}\\.sarif\\.gz");
  private static final Pattern TEMPORARY =
      Pattern.compile("\\." + REPORT.pattern() + "\\.[0-9a-f-]{36}\\.part");

  Path file(ReportKey key) {
    Path file =
        path.resolve(key.scan().tenant().value())
            .resolve(key.scan().id().value())
            .resolve("%s-%s.sarif.gz".formatted(key.provider(), key.sha256()));
    // The patterns of all parts see to it already; a slip there must not cost files elsewhere.
    if (!file.equals(file.normalize())
        || !file.startsWith(path)
        || file.getNameCount() != path.getNameCount() + 3) {
      throw new IllegalArgumentException("no place for a report: " + key);
    }
    return file;
  }

  /** A name beside a report's that nobody else has, for the time until it is whole. */
  Path temporary(Path file) {
    return file.resolveSibling(".%s.%s.part".formatted(file.getFileName(), UUID.randomUUID()));
  }

  static boolean isReport(Path file) {
    return REPORT.matcher(String.valueOf(file.getFileName())).matches();
  }

  static boolean isTemporary(Path file) {
    return TEMPORARY.matcher(String.valueOf(file.getFileName())).matches();
  }

  /** Whether it has the name of a tenant or a scan; those of tenants are among those of scans. */
  static boolean isFolder(Path folder) {
    return ScanId.PATTERN.matcher(String.valueOf(folder.getFileName())).matches();
  }

  /** Makes the folders that a file needs. */
  void makeFor(Path file) throws IOException {
    // One after the other, so that none is made beyond a link that leads out.
    for (Path each : List.of(parent(parent(file)), parent(file))) {
      if (!Files.isDirectory(each)) {
        Files.createDirectories(each, mode("rwx------"));
      }
      requireInside(each);
    }
  }

  FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode("rw-------"));
  }

  /** Opens a file to read; {@link NoSuchFileException} where there is none. */
  FileChannel open(Path file) throws IOException {
    requireInside(parent(file));
    return FileChannel.open(file, Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS));
  }

  /** Sets a file's time. Answers whether it is there, also afterwards. */
  boolean touch(Path file, Instant now) throws IOException {
    try {
      requireInside(parent(file));
      Files.getFileAttributeView(file, BasicFileAttributeView.class, NOFOLLOW_LINKS)
          .setTimes(FileTime.from(now), null, null);
    } catch (NoSuchFileException none) {
      return false;
    }
    // A sweep may have set it aside before the time was set, and does not put it back then.
    return Files.isRegularFile(file, NOFOLLOW_LINKS);
  }

  /** Makes the names of a file and of its folders outlast a loss of power. */
  void syncAround(Path file) throws IOException {
    if (!posix()) {
      // Folders cannot be opened there; the file itself is on the disk.
      return;
    }
    for (Path each = parent(file); each.startsWith(path); each = parent(each)) {
      try (FileChannel channel = FileChannel.open(each, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private void requireInside(Path parent) throws IOException {
    if (!parent.toRealPath().startsWith(path.toRealPath())) {
      throw new IOException(parent + " leads out of the folder of reports");
    }
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("in no folder: " + file);
    }
    return parent;
  }

  private FileAttribute<?>[] mode(String permissions) {
    return posix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private boolean posix() {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
