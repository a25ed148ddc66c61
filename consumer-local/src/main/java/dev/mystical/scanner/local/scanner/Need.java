package dev.mystical.scanner.local.scanner;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Something that a scanner cannot do without. */
@FunctionalInterface
interface Need {

  /** What is missing of it, as a part of a sentence; empty where it is there. */
  Optional<String> missing(Place place);

  /**
   * Where it is looked for.
   *
   * @param environment this process's variables
   * @param path where programs are looked for
   * @param tools the folder of the scanner's own tools
   */
  record Place(Map<String, String> environment, String path, Path tools) {
    boolean has(String variable) {
      return !environment.getOrDefault(variable, "").isBlank();
    }

    boolean onPath(String program) {
      return Stream.of(path.split(File.pathSeparator, -1))
          .filter(folder -> !folder.isEmpty())
          .map(folder -> Path.of(folder, program))
          .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
    }
  }

  /** A variable of this process. */
  static Need variable(String name) {
    return place -> needed(place.has(name), name + " is not set");
  }

  /** A program on the PATH. */
  static Need program(String name) {
    return place -> needed(place.onPath(name), name + " is not on the PATH");
  }

  /**
   * A file or folder among the scanner's tools.
   *
   * @param otherwise what to say where it is not there
   */
  static Need tool(String path, String otherwise) {
    return place -> needed(Files.exists(place.tools().resolve(path)), otherwise);
  }

  private static Optional<String> needed(boolean there, String otherwise) {
    return there ? Optional.empty() : Optional.of(otherwise);
  }
}
