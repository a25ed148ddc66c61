package dev.mystical.scanner.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks for a secret in what processes show to all others of their user. */
final class Leaks {

  private Leaks() {}

  /**
   * Which of the processes that this one has started, and they in turn, show it in their arguments
   * or in the variables that they were started with.
   */
  static List<String> of(String secret) {
    return ProcessHandle.current()
        .descendants()
        .map(process -> Path.of("/proc", Long.toString(process.pid())))
        .flatMap(process -> Stream.of(process.resolve("cmdline"), process.resolve("environ")))
        .filter(part -> read(part).contains(secret))
        .map(part -> part + " of " + read(part.resolveSibling("cmdline")).replace('\0', ' '))
        .toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }
}
