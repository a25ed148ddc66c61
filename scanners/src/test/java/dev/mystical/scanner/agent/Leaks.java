package dev.mystical.scanner.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks for a secret in what every process of a machine shows to others of its user. */
final class Leaks {
  private static final long SELF = ProcessHandle.current().pid();

  private Leaks() {}

  /** The processes that show it in their arguments or in the variables they were started with. */
  static List<String> of(String secret) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : processes.filter(Leaks::isAnother).toList()) {
        for (String part : List.of("cmdline", "environ")) {
          String text = read(process.resolve(part));
          if (text.contains(secret)) {
            found.add(process.resolve(part) + " " + read(process.resolve("cmdline")));
          }
        }
      }
    }
    return found;
  }

  private static boolean isAnother(Path process) {
    String name = process.getFileName().toString();
    return name.chars().allMatch(Character::isDigit) && !name.equals(Long.toString(SELF));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, ISO_8859_1);
    } catch (IOException endedOrNotOurs) {
      return "";
    }
  }
}
