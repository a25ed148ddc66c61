package dev.mystical.scanner.app.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A command line, understood.
 *
 * @param flags settings by their environment names
 * @param json whether a program reads the answer
 */
record CommandLine(
    Command command,
    Optional<Path> configFile,
    Optional<Path> envFile,
    boolean json,
    Map<String, String> flags) {
  CommandLine {
    flags = Map.copyOf(flags);
  }
}
