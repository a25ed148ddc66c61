package dev.mystical.scanner.local.scanner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * What the container is asked to scan.
 *
 * @param project the project's key
 * @param target the folder, with all links resolved
 * @param work where everything is written: the process's folder
 * @param deadline when the scan must be over
 */
record ScanOrder(String project, Path target, Path work, Optional<Instant> deadline) {

  /** Reads the variables of the container contract; refuses what leaves {@code allowedRoot}. */
  static ScanOrder read(Map<String, String> environment, Path allowedRoot, Path work) {
    String project = required(environment, "SCAN_PROJECT_KEY");
    String type = required(environment, "SCAN_TARGET_TYPE");
    if (!type.equals("path")) {
      throw refused("this scanner looks at folders of this machine (path), not at a " + type);
    }
    Path target = folder(required(environment, "SCAN_TARGET_URL"));
    if (!target.startsWith(real(allowedRoot))) {
      throw refused(target + " lies outside " + allowedRoot + ", the folder that may be scanned");
    }
    return new ScanOrder(project, target, real(work), deadline(environment));
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "");
    if (value.isBlank()) {
      throw refused(name + " is not set");
    }
    return value;
  }

  private static Path folder(String text) {
    try {
      Path path = Path.of(text);
      if (!path.isAbsolute()) {
        throw refused("the target is not an absolute path: " + text);
      }
      if (!Files.isDirectory(path)) {
        throw refused("there is no such folder: " + text);
      }
      return real(path);
    } catch (InvalidPathException e) {
      throw new ScanBroken(ExitCode.ORDER_REFUSED, "the target is not a path: " + text, e);
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new ScanBroken(ExitCode.ORDER_REFUSED, "cannot read " + path, e);
    }
  }

  private static Optional<Instant> deadline(Map<String, String> environment) {
    String text = environment.getOrDefault("SCAN_DEADLINE", "");
    if (text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      throw new ScanBroken(ExitCode.ORDER_REFUSED, "SCAN_DEADLINE is no time: " + text, e);
    }
  }

  private static ScanBroken refused(String why) {
    return new ScanBroken(ExitCode.ORDER_REFUSED, why);
  }
}
