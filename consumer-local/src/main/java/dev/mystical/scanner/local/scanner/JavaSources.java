package dev.mystical.scanner.local.scanner;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Java files of a folder. Left out are hidden folders and what Maven and Gradle have built.
 * Links are not followed: they could lead out of the folder that may be scanned.
 */
record JavaSources(List<Path> files) {

  /** More files than this are refused, never silently cut off. */
  static final int MOST = 20_000;

  JavaSources {
    files = List.copyOf(files);
  }

  static JavaSources below(Path folder) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(folder, new Search(folder, found));
    } catch (IOException e) {
      throw new ScanBroken(ExitCode.NOT_SCANNABLE, "cannot read all of " + folder, e);
    }
    if (found.isEmpty()) {
      throw new ScanBroken(ExitCode.NOT_SCANNABLE, "there is no Java source below " + folder);
    }
    if (found.size() > MOST) {
      throw new ScanBroken(
          ExitCode.NOT_SCANNABLE, "more than " + MOST + " Java sources below " + folder);
    }
    return new JavaSources(found.stream().sorted().toList());
  }

  private static final class Search extends SimpleFileVisitor<Path> {

    private final Path start;
    private final List<Path> found;

    Search(Path start, List<Path> found) {
      this.start = start;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      boolean skipped = !folder.equals(start) && (hidden(folder) || built(folder));
      return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && file.getFileName().toString().endsWith(".java")) {
        found.add(file);
      }
      return found.size() > MOST ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    private static boolean hidden(Path folder) {
      return folder.getFileName().toString().startsWith(".");
    }

    private static boolean built(Path folder) {
      return switch (folder.getFileName().toString()) {
        case "target" -> Files.exists(folder.resolveSibling("pom.xml"));
        case "build" ->
            Stream.of("build.gradle", "build.gradle.kts")
                .anyMatch(name -> Files.exists(folder.resolveSibling(name)));
        default -> false;
      };
    }
  }
}
