package dev.mystical.scanner.local.scanner;

import java.nio.file.Path;
import java.util.List;

/** How a tool of a folder of jars is started: by the JDK that runs us. */
final class ToolJava {

  private ToolJava() {}

  /** The command up to the main class. */
  static List<String> command(Path lib, Path work) {
    return List.of(
        java().toString(),
        "-Xmx512m",
        "-Djava.io.tmpdir=" + work,
        // SpotBugs brings the interface of a log and no log.
        "-Dslf4j.internal.verbosity=ERROR",
        "-cp",
        lib.resolve("*").toString());
  }

  static Path java() {
    return Path.of(System.getProperty("java.home", ""), "bin", "java");
  }
}
